package io.boxoffice.stress.gates.exit;

/** The reason why a run cannot begin or continue, in a sentence for its user. */
public final class GatesException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;

  /** A reason with the exit code of the process. */
  public GatesException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** A reason with its cause. */
  public GatesException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The exit code of the process. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
