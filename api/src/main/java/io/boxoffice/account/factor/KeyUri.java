package io.boxoffice.account.factor;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Writes the address that authenticator apps read from a QR code (Key URI Format of Google
 * Authenticator).
 */
final class KeyUri {
  private KeyUri() {}

  /**
   * Returns the address of a secret.
   *
   * @param issuer names the shop in the app
   * @param account names the account in the app
   */
  static String of(String issuer, String account, String secret) {
    return "otpauth://totp/%1$s:%2$s?secret=%3$s&issuer=%1$s&algorithm=SHA1&digits=%4$d&period=%5$d"
        .formatted(encode(issuer), encode(account), secret, Totp.DIGITS, Totp.STEP_SECONDS);
  }

  /** Percent-encodes all but unreserved characters; a space is %20, as apps expect (RFC 3986). */
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
