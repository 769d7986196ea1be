package io.boxoffice.purchase;

/** Reports that the desk cannot find out whether a batch was committed. */
final class OutcomeUnknownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutcomeUnknownException(Throwable cause) {
    super("The commit was not confirmed and could not be looked up", cause);
  }
}
