package io.boxoffice.stress.crowd.exit;

/** How a stress run ended, for a script that started it. */
public enum ExitCode {
  /** Every promise was kept, and the audit found no fault. */
  OK(0),
  /** The shop was slower, or failed more often, than the scenario allows. */
  PROMISE_BROKEN(1),
  /** The command line is wrong; nothing was sent. */
  USAGE(2),
  /** The shop does not answer, is no Box Office, or refuses the token. */
  NO_SHOP(3),
  /** The records of the shop do not match the answers to buyers, or could not be read. */
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
