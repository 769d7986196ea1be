package io.boxoffice.account.oidc;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Holds the password with which a person confirms the removal of an identity. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record IdentityRemoval(@NotNull @Size(min = 1, max = 512) String password) {

  /** Hides the password, so that no log can contain it. */
  @Override
  public String toString() {
    return "IdentityRemoval";
  }
}
