package io.boxoffice.account.session;

import io.boxoffice.platform.http.strict.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Holds the body of a request to sign in. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record SignIn(
    @NotNull @Size(min = 3, max = 254) @PlainText @Email @Schema(example = "ada@example.com")
        String email,
    @NotNull @Size(min = 1, max = 512) @Schema(example = "a quiet lamp over nine doors")
        String password,
    @Size(min = 6, max = 64)
        @Schema(
            types = {"string", "null"},
            description =
                "A code of the authenticator app, or a recovery code; needed if the account has a"
                    + " second factor, and otherwise ignored",
            example = "123456")
        String code) {

  /** Hides the password and the code, so that no log can contain them. */
  @Override
  public String toString() {
    return "SignIn";
  }
}
