package io.boxoffice.account.totp;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Holds the password and the code with which a person switches the second factor off. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record TotpRemoval(
    @NotNull @Size(min = 1, max = 512) @Schema(example = "a quiet lamp over nine doors")
        String password,
    @Size(min = 6, max = 64)
        @Schema(
            types = {"string", "null"},
            description = "A code of the app, or a recovery code; needed if the factor is active",
            example = "123456")
        String code) {

  /** Hides the password and the code, so that no log can contain them. */
  @Override
  public String toString() {
    return "TotpRemoval";
  }
}
