package io.boxoffice.account;

import io.boxoffice.platform.http.strict.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;

/**
 * Holds a person's change of their own account. A field that is missing or null changes nothing.
 */
@Schema(
    description = "What is left out, or null, stays as it is",
    additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record AccountChange(
    @Size(min = 1, max = 100)
        @PlainText
        @Schema(
            types = {"string", "null"},
            example = "Ada Lovelace")
        String name) {}
