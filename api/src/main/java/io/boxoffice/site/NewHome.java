package io.boxoffice.site;

import io.boxoffice.platform.http.strict.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Holds the body of a request to move the home of a concert.
 *
 * @param site the name of the site that shall sell it
 * @param reason why, for other operators; may be null
 */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
record NewHome(
    @NotNull @Size(min = 1, max = 20) @PlainText @Schema(example = "b") String site,
    @Size(min = 1, max = 500)
        @PlainText
        @Schema(
            types = {"string", "null"},
            example = "Maintenance of the site a")
        String reason) {}
