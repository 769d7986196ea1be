package io.boxoffice.purchase;

import io.boxoffice.platform.error.ProblemException;

/**
 * Reads the header that names one purchase or order, so that a retry cannot buy twice (IETF draft
 * idempotency-key-header). The header may hold the draft's quoted string or the bare key; both mean
 * the same key.
 */
public final class IdempotencyKey {
  /** The name of the header that carries the key. */
  public static final String HEADER = "Idempotency-Key";

  private static final int MAX_CHARACTERS = 255;

  private IdempotencyKey() {}

  /**
   * Reads the key from the header's value.
   *
   * @return 1 to 255 visible ASCII characters; null when the header is missing
   * @throws ProblemException 422 when the value is not a valid key
   */
  public static String parse(String header) {
    if (header == null) {
      return null;
    }
    String text = header.strip();
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    String key = quoted ? text.substring(1, text.length() - 1) : text;
    if (key.isEmpty()
        || key.length() > MAX_CHARACTERS
        || !key.chars().allMatch(IdempotencyKey::isVisible)) {
      throw ProblemException.invalid(
          HEADER, "must be 1 to 255 visible ASCII characters without quotes and backslashes");
    }
    return key;
  }

  private static boolean isVisible(int character) {
    return character > ' ' && character < 127 && character != '"' && character != '\\';
  }
}
