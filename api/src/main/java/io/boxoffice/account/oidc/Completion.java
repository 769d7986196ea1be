package io.boxoffice.account.oidc;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Holds what ends a sign-in: the provider's authorization response, and the secret of the client
 * that began.
 *
 * @param iss null if the response has none
 */
@Schema(name = "IdentityCompletion", additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record Completion(
    @NotNull @Size(min = 1, max = 8000) @Schema(description = "`code` of the response") String code,
    @NotNull @Size(min = 1, max = 200) @Schema(description = "`state` of the response")
        String state,
    @Size(max = 500)
        @Schema(
            types = {"string", "null"},
            description = "`iss` of the response, if it has one (RFC 9207)")
        String iss,
    @NotNull
        @Size(min = 1, max = 200)
        @Schema(description = "`codeVerifier` of the sign-in; only the client that began has it")
        String codeVerifier) {

  /** Hides the secrets, so that no log can contain them. */
  @Override
  public String toString() {
    return "Completion";
  }
}
