package io.boxoffice.account;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Holds the password with which a person confirms the deletion of their account. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record Deletion(@NotNull @Size(min = 1, max = 512) String password) {

  /** Hides the password, so that no log can contain it. */
  @Override
  public String toString() {
    return "Deletion";
  }
}
