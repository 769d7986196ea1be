package io.boxoffice.platform;

/** Stops the start with one clear sentence that names the setting to change. */
public final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Stops the start with the given sentence. */
  public StartupException(String message) {
    super(message);
  }

  /** Stops the start with the given sentence; the cause may explain more in the log. */
  public StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
