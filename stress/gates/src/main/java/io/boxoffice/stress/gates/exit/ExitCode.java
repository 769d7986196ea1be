package io.boxoffice.stress.gates.exit;

/** How a run ended, for a script that started it. The codes are those of {@code stress}. */
public enum ExitCode {
  /** The audit found no fault. */
  OK(0),
  /** The command line is wrong; nothing was sent. */
  USAGE(2),
  /** The shop does not answer, is no Box Office, or refuses a call of the preparation. */
  NO_SHOP(3),
  /** The shop's records do not match the ledgers of the gates, or could not be read. */
  AUDIT_FAILED(4);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The exit code of the process. */
  public int code() {
    return code;
  }
}
