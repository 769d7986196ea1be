package io.boxoffice.account.store;

import com.google.common.hash.Hashing;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Represents a one-time code of a mail. It has 128 random bits, so that guessing needs no counter
 * of attempts, and the database has its hash only.
 *
 * @param text what the mail contains and the person sends back
 */
public record OneTimeCode(String text) {
  private static final int BYTES = 16;

  /** Returns a new code. */
  public static OneTimeCode random(SecureRandom random) {
    byte[] content = new byte[BYTES];
    random.nextBytes(content);
    return new OneTimeCode(Base64.getUrlEncoder().withoutPadding().encodeToString(content));
  }

  /** Returns the SHA-256 of the code, in hexadecimal digits. */
  public String hash() {
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
  }

  /** Returns the answer to a code that does nothing, whatever the reason. */
  public static ProblemException notValid() {
    return ProblemException.of(
        ProblemCode.CODE_NOT_VALID, "The code is wrong, was used, or has expired.");
  }

  /** Hides the code, so that no log can contain it. */
  @Override
  public String toString() {
    return "OneTimeCode";
  }
}
