package io.boxoffice.account;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Holds a person's change of their password. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record PasswordChange(
    @NotNull @Size(min = 1, max = 512) String currentPassword,
    @NotNull
        @Size(min = 1, max = 512)
        @Schema(description = "15 to 128 characters, and not one of those that are tried first")
        String newPassword) {

  /** Hides the passwords, so that no log can contain them. */
  @Override
  public String toString() {
    return "PasswordChange";
  }
}
