package io.boxoffice.cancellation;

import io.boxoffice.platform.http.strict.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;

/**
 * Holds the body of a request to cancel a concert, which may be left out or {@code null}.
 *
 * @param reason why, for other operators; may be null
 */
@Schema(
    types = {"object", "null"},
    additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
record NewCancellation(
    @Size(min = 1, max = 500)
        @PlainText
        @Schema(
            types = {"string", "null"},
            example = "The artist is ill")
        String reason) {}
