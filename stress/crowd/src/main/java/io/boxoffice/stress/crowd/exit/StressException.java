package io.boxoffice.stress.crowd.exit;

/** Why a stress run cannot begin or go on, in a sentence for the person at the terminal. */
public final class StressException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;

  /** With what the process exits with then. */
  public StressException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** With what led to it. */
  public StressException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** What the process exits with. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
