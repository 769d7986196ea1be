package io.boxoffice.stress.check.history;

/** A history that cannot be checked, because a line of it has no meaning. */
public final class HistoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  HistoryException(String message) {
    super(message);
  }
}
