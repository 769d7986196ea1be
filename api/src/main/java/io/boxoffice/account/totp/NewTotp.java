package io.boxoffice.account.totp;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Holds the password with which a person asks for a second factor. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record NewTotp(
    @NotNull @Size(min = 1, max = 512) @Schema(example = "a quiet lamp over nine doors")
        String password) {

  /** Hides the password, so that no log can contain it. */
  @Override
  public String toString() {
    return "NewTotp";
  }
}
