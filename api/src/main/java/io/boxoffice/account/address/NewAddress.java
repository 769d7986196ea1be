package io.boxoffice.account.address;

import io.boxoffice.platform.http.strict.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Holds the address that a person wants to have, and the password of their account. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record NewAddress(
    @NotNull @Size(min = 3, max = 254) @PlainText @Email @Schema(example = "ada@example.org")
        String email,
    @NotNull @Size(min = 1, max = 512) String password) {

  /** Hides the password, so that no log can contain it. */
  @Override
  public String toString() {
    return "NewAddress";
  }
}
