package io.boxoffice.account.oidc;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/**
 * Holds a sign-in whose identity a person links to their account.
 *
 * @param signInId the id of the sign-in, which the person began
 * @param password the password of the account
 */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record NewIdentity(
    @NotNull UUID signInId,
    @NotNull @Valid Completion completion,
    @NotNull @Size(min = 1, max = 512) String password) {

  /** Hides the secrets, so that no log can contain them. */
  @Override
  public String toString() {
    return "NewIdentity";
  }
}
