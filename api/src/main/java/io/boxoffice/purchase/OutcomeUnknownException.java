package io.boxoffice.purchase;

/** Nobody can tell for now whether a batch was committed. */
final class OutcomeUnknownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutcomeUnknownException(Throwable cause) {
    super("The commit was not confirmed and could not be looked up", cause);
  }
}
