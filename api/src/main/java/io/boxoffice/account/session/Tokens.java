package io.boxoffice.account.session;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * Represents the tokens of a session, as RFC 6749, section 5.1 names them.
 *
 * @param expiresIn seconds until the access token expires
 * @param refreshToken gets the next tokens, once; a retry within 10 s gets the same ones
 */
@Schema(requiredProperties = {"sessionId", "tokenType", "accessToken", "expiresIn", "refreshToken"})
public record Tokens(
    UUID sessionId,
    @Schema(example = "Bearer") String tokenType,
    String accessToken,
    long expiresIn,
    String refreshToken) {

  /** Hides the tokens, so that no log can contain them. */
  @Override
  public String toString() {
    return "Tokens of " + sessionId;
  }
}
