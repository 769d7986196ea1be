package io.boxoffice.account;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Holds the code of a mail and the password that its reader chooses. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record NewPassword(
    @NotNull @Size(min = 1, max = 100) String code,
    @NotNull
        @Size(min = 1, max = 512)
        @Schema(
            description = "15 to 128 characters, and not one of those that are tried first",
            example = "a quiet lamp over nine doors")
        String password) {

  /** Hides the code and the password, so that no log can contain them. */
  @Override
  public String toString() {
    return "NewPassword";
  }
}
