package io.boxoffice.partners.payment.callback;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a callback: HMAC-SHA256 (RFC 2104) of the time, a dot and the body. The time is signed too,
 * so that a receiver can reject a callback that was recorded earlier.
 */
final class Signature {
  /** The header that carries the signature. */
  static final String HEADER = "Payment-Signature";

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /** Signs with the given secret, which must not be empty. */
  Signature(String secret) {
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** Returns the value of the header, such as {@code t=1767225600,v1=5f0c...}. */
  String of(Instant time, byte[] body) {
    long seconds = time.getEpochSecond();
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
      return "t=%d,v1=%s".formatted(seconds, HexFormat.of().formatHex(mac.doFinal(body)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // every JDK has HmacSHA256
    }
  }
}
