package io.boxoffice.process.broken;

/** Reports a response that a strict client cannot read. */
final class UnsoundAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsoundAnswerException(String message) {
    super(message);
  }
}
