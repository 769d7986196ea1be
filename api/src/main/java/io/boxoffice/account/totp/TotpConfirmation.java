package io.boxoffice.account.totp;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Holds a code, which shows that the authenticator app has the secret. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record TotpConfirmation(
    @NotNull @Size(min = 6, max = 64) @Schema(example = "123456") String code) {

  /** Hides the code, so that no log can contain it. */
  @Override
  public String toString() {
    return "TotpConfirmation";
  }
}
