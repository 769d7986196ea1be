package io.boxoffice.platform;

/**
 * Refuses to start, in words for the person who starts the service; names the setting to change.
 */
public final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Refuses with the given sentence. */
  public StartupException(String message) {
    super(message);
  }

  /** Refuses with the given sentence, because of something that the log may explain. */
  public StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
