package io.boxoffice.order.payment.callback;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies that a callback comes from the partner and is new. The header is {@code t=<unix
 * seconds>,v1=<signature>}; a signature is the HMAC-SHA256 of {@code <t>.<body>} in lower-case
 * hexadecimal digits. While the partner changes its secret, it signs with both, and the header has
 * a {@code v1} for each.
 */
final class PaymentSignature {
  /** The header of the signature. */
  static final String HEADER = "Payment-Signature";

  /** How far the signature's time may differ from the shop's, in both directions. */
  static final Duration WINDOW = Duration.ofMinutes(5);

  private static final String ALGORITHM = "HmacSHA256";

  /** Also bounds the header. Twelve digits suffice for thirty thousand years. */
  private static final Pattern FORM = Pattern.compile("t=(\\d{1,12})((?:,v1=[0-9a-f]{64}){1,4})");

  private static final Pattern SIGNATURE = Pattern.compile("v1=([0-9a-f]+)");

  private final SecretKeySpec secret;
  private final Clock clock;

  /** Verifies with the secret that the shop shares with the partner. */
  PaymentSignature(String secret, Clock clock) {
    this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    this.clock = clock;
  }

  /**
   * Whether the header is a valid and recent signature of the body. The time that this takes does
   * not depend on how much of a signature is right.
   *
   * @param header null if there is none
   */
  boolean isValid(String header, byte[] body) {
    Matcher parts = FORM.matcher(header == null ? "" : header);
    if (!parts.matches()) {
      return false;
    }
    long age = clock.instant().getEpochSecond() - Long.parseLong(parts.group(1));
    if (Math.abs(age) > WINDOW.toSeconds()) {
      return false;
    }
    byte[] expected = sign(parts.group(1), body);
    boolean valid = false;
    Matcher signatures = SIGNATURE.matcher(parts.group(2));
    while (signatures.find()) {
      valid |= MessageDigest.isEqual(expected, HexFormat.of().parseHex(signatures.group(1)));
    }
    return valid;
  }

  private byte[] sign(String time, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException impossible) {
      // Every Java platform has the algorithm (java.security.Provider, "javax.crypto.Mac").
      throw new IllegalStateException(impossible);
    }
  }
}
