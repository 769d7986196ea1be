package io.boxoffice.event.transport;

/** Reports that the transport is away, or did not confirm in time. */
public final class TransportException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates the report. Neither text has data of an event or a password in it. */
  public TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
