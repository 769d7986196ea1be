package io.boxoffice.account.session;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Holds the body of a request for new tokens of a session. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record Refresh(@NotNull @Size(min = 1, max = 200) String refreshToken) {

  /** Hides the token, so that no log can contain it. */
  @Override
  public String toString() {
    return "Refresh";
  }
}
