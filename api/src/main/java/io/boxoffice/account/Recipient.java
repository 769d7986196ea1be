package io.boxoffice.account;

import io.boxoffice.platform.http.strict.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Names the address that gets a mail with a code. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record Recipient(
    @NotNull @Size(min = 3, max = 254) @PlainText @Email @Schema(example = "ada@example.com")
        String email) {}
