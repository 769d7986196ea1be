package io.boxoffice.lab.usage;

import java.util.Locale;

/** A wrong use of the command. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a sentence for the user. */
  public UsageException(String message) {
    super(message);
  }

  /** With a sentence that has values. */
  static UsageException of(String format, Object... values) {
    return new UsageException(String.format(Locale.ROOT, format, values));
  }
}
