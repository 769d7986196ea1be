package io.boxoffice.account.password;

import com.google.common.io.Resources;
import io.boxoffice.platform.error.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether a new password is allowed, as NIST SP 800-63B-4, section 3.1.1.2 requires for a
 * password that is the only factor: at least 15 characters, not on a blocklist, and no rules of
 * composition. A longest length bounds the work.
 */
public final class PasswordRules {
  /** The fewest characters (code points) of a new password. */
  public static final int SHORTEST = 15;

  /** The most characters of a new password. */
  public static final int LONGEST = 128;

  /** The longest unit whose repetition is treated as one common password. */
  private static final int REPEATED_UNIT = 5;

  private final Set<String> blocked;

  private PasswordRules(Set<String> blocked) {
    this.blocked = blocked;
  }

  /** Reads the blocklist that is shipped with the service. */
  public static PasswordRules shipped() {
    try {
      return new PasswordRules(
          Resources.readLines(
                  Resources.getResource("passwords/blocklist.txt"), StandardCharsets.UTF_8)
              .stream()
              .filter(line -> !line.startsWith("#"))
              .collect(Collectors.toUnmodifiableSet()));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /**
   * Checks a new password.
   *
   * @param field the field of the request that has the password
   * @param email the address of the account, which must not be its password
   * @throws ProblemException 422 with the rule that the password breaks
   */
  public void require(String field, String password, String email) {
    String normal = PasswordHasher.normalize(password);
    int length = normal.codePointCount(0, normal.length());
    if (length < SHORTEST || length > LONGEST) {
      throw ProblemException.invalid(
          field, "must have %d to %d characters".formatted(SHORTEST, LONGEST));
    }
    if (normal.codePoints().anyMatch(PasswordRules::isNoCharacter)) {
      throw ProblemException.invalid(field, "must not contain control characters");
    }
    String folded = normal.toLowerCase(Locale.ROOT);
    if (blocked.contains(folded) || repeatsAUnit(folded) || isOfAddress(folded, email)) {
      throw ProblemException.invalid(
          field, "is one of the passwords that are tried first; choose another");
    }
  }

  private static boolean isNoCharacter(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }

  private static boolean isOfAddress(String folded, String email) {
    String address = email.toLowerCase(Locale.ROOT);
    return folded.equals(address) || folded.equals(address.substring(0, address.lastIndexOf('@')));
  }

  private static boolean repeatsAUnit(String text) {
    for (int unit = 1; unit <= REPEATED_UNIT; unit++) {
      if (text.regionMatches(unit, text, 0, text.length() - unit)) {
        return true;
      }
    }
    return false;
  }
}
