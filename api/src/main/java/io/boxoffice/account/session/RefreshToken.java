package io.boxoffice.account.session;

import io.boxoffice.account.store.SessionRow;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Represents a refresh token as a client sent it: the session's id, a generation, and their
 * HMAC-SHA256 under the session's own secret. The service computes each token from the session's
 * row, so one row is enough for all tokens of a session.
 */
record RefreshToken(UUID session, int generation, String mac) {
  /** The bytes of a session's secret (RFC 2104, section 3: as long as the hash). */
  private static final int SECRET_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.(0|[1-9][0-9]{0,8})\\.([A-Za-z0-9_-]{43})");

  /** Returns the secret of a new session. */
  static String newSecret(SecureRandom random) {
    byte[] content = new byte[SECRET_BYTES];
    random.nextBytes(content);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
  }

  /** Parses a token; empty if it has another form. */
  static Optional<RefreshToken> parse(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(
            new RefreshToken(
                UUID.fromString(parts.group(1)), Integer.parseInt(parts.group(2)), parts.group(3)))
        : Optional.empty();
  }

  /** Returns the token of a session for the given generation. */
  static String text(SessionRow session, int generation) {
    String content = content(session.id(), generation);
    return content + "." + mac(session.secret(), content);
  }

  /** Whether the service issued this token for the session. */
  boolean isOf(SessionRow row) {
    return MessageDigest.isEqual(
        mac.getBytes(StandardCharsets.US_ASCII),
        mac(row.secret(), content(session, generation)).getBytes(StandardCharsets.US_ASCII));
  }

  private static String content(UUID session, int generation) {
    return session + "." + generation;
  }

  private static String mac(String secret, String content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(secret), ALGORITHM));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
