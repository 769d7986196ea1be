package io.boxoffice.site;

import io.boxoffice.platform.http.strict.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Holds the body of a request to take a site over.
 *
 * @param reason why, for other operators
 */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
record NewTakeOver(
    @NotNull @Size(min = 1, max = 500) @PlainText @Schema(example = "The data centre has no power")
        String reason) {}
