package io.boxoffice.account.factor;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * Makes the codes that replace a lost authenticator app. A code has 120 random bits, so a plain
 * hash protects it in the database (OWASP ASVS 5.0, 6.5.2), and guessing needs no limit.
 */
final class RecoveryCode {
  private static final int BYTES = 15;
  private static final int GROUP = 4;

  private RecoveryCode() {}

  /** Returns a new code: six groups of four letters and digits. */
  static String create(SecureRandom random) {
    byte[] content = new byte[BYTES];
    random.nextBytes(content);
    return String.join(
        "-", Splitter.fixedLength(GROUP).split(BaseEncoding.base32().encode(content)));
  }

  /** Returns the hash of a code as a person typed it: in any case, with or without hyphens. */
  static String hash(String typed) {
    String code = Ascii.toUpperCase(typed.replace("-", "").replace(" ", ""));
    return Hashing.sha256().hashString(code, StandardCharsets.UTF_8).toString();
  }
}
