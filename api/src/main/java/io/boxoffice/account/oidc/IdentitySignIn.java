package io.boxoffice.account.oidc;

import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/**
 * Represents a sign-in that began, for the client that began it.
 *
 * @param authorizationUrl where the client sends the person's browser
 * @param codeVerifier the secret that only this client has; it ends the sign-in (RFC 7636)
 * @param expiresAt until when the sign-in must end
 */
@Schema(requiredProperties = {"id", "authorizationUrl", "codeVerifier", "expiresAt"})
public record IdentitySignIn(
    UUID id,
    @Schema(format = "uri") URI authorizationUrl,
    @Schema(description = "Keep it, and send it to nobody else") String codeVerifier,
    Instant expiresAt) {

  /** Hides the code verifier, so that no log can contain it. */
  @Override
  public String toString() {
    return "IdentitySignIn " + id;
  }
}
