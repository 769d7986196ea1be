package io.boxoffice.account.store;

import com.google.common.base.Ascii;
import io.boxoffice.platform.error.ProblemException;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Represents a mail address that a person typed.
 *
 * <p>Mails go to {@code text}: the address in NFC with its domain in lower case. The part before
 * the at sign stays as it is, because only its own server may interpret it (RFC 5321, section 2.4);
 * dots and plus signs therefore make different addresses. Accounts compare {@code key}, in which
 * the letters A to Z are in lower case too, because no real server distinguishes them. Other
 * letters stay: a mapping such as the dotted capital I to i would give one person the account of
 * another.
 */
public record Address(String text, String key) {
  private static final int LONGEST = 254;

  /**
   * Reads an address that has one at sign at least.
   *
   * @throws ProblemException 422 when its normalised form is too long
   */
  public static Address of(String typed) {
    String normal = Normalizer.normalize(typed, Normalizer.Form.NFC);
    int at = normal.lastIndexOf('@');
    String local = normal.substring(0, at);
    String domain = normal.substring(at).toLowerCase(Locale.ROOT);
    String text = local + domain;
    if (text.codePointCount(0, text.length()) > LONGEST) {
      throw ProblemException.invalid("email", "must have at most %d characters".formatted(LONGEST));
    }
    return new Address(text, Ascii.toLowerCase(local) + domain);
  }
}
