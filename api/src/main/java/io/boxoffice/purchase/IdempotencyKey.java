package io.boxoffice.purchase;

import io.boxoffice.platform.error.ProblemException;

/**
 * A client's own name for one purchase, under which a retry cannot buy twice (IETF draft
 * idempotency-key-header). Taken as the draft's quoted string or bare; both spell the same key.
 *
 * @param value 1 to 255 visible ASCII characters
 */
public record IdempotencyKey(String value) {
  /** The header that carries it. */
  public static final String HEADER = "Idempotency-Key";

  private static final int MOST_CHARACTERS = 255;

  /**
   * Reads the header.
   *
   * @return null when the header is missing
   * @throws ProblemException 422 when it is there and no key
   */
  public static IdempotencyKey parse(String header) {
    if (header == null) {
      return null;
    }
    String text = header.strip();
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    String key = quoted ? text.substring(1, text.length() - 1) : text;
    if (key.isEmpty()
        || key.length() > MOST_CHARACTERS
        || !key.chars().allMatch(IdempotencyKey::isVisible)) {
      throw ProblemException.invalid(
          HEADER, "must be 1 to 255 visible ASCII characters without quotes and backslashes");
    }
    return new IdempotencyKey(key);
  }

  private static boolean isVisible(int character) {
    return character > ' ' && character < 127 && character != '"' && character != '\\';
  }
}
