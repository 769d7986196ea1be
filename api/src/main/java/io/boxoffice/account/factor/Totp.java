package io.boxoffice.account.factor;

import com.google.common.io.BaseEncoding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes the codes of authenticator apps (RFC 6238, with the values that all apps use:
 * HMAC-SHA-1, 6 digits, steps of 30 seconds).
 */
final class Totp {
  static final int DIGITS = 6;
  static final int STEP_SECONDS = 30;

  /** As long as the hash (RFC 4226, section 4, requirement 6). */
  private static final int SECRET_BYTES = 20;

  private static final int TEN_TO_THE_DIGITS = 1_000_000;
  private static final String ALGORITHM = "HmacSHA1";

  private Totp() {}

  /** Returns a new secret in Base32. */
  static String newSecret(SecureRandom random) {
    byte[] content = new byte[SECRET_BYTES];
    random.nextBytes(content);
    return BaseEncoding.base32().encode(content);
  }

  /** Returns the number of steps since 1970. */
  static long step(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), STEP_SECONDS);
  }

  /**
   * Finds the step that a code belongs to: the one of now, or the one before for a person who types
   * slowly (RFC 6238, section 5.2). Both are always compared, each in constant time.
   *
   * @return empty for the code of any other step
   */
  static OptionalLong stepOf(String code, String secret, Instant now) {
    long current = step(now);
    boolean isCurrent = isCode(code, secret, current);
    boolean isPrevious = isCode(code, secret, current - 1);
    if (isCurrent) {
      return OptionalLong.of(current);
    }
    return isPrevious ? OptionalLong.of(current - 1) : OptionalLong.empty();
  }

  private static boolean isCode(String code, String secret, long step) {
    return MessageDigest.isEqual(
        code.getBytes(StandardCharsets.UTF_8), code(secret, step).getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the code of a step (RFC 4226, section 5.3). */
  static String code(String secret, long step) {
    byte[] hash = hmac(BaseEncoding.base32().decode(secret), step);
    int offset = hash[hash.length - 1] & 0xf;
    int truncated = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
    return "%06d".formatted(truncated % TEN_TO_THE_DIGITS);
  }

  private static byte[] hmac(byte[] secret, long step) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
