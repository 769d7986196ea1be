package io.boxoffice.faults;

/**
 * Names one fault.
 *
 * @param at the number of the message at which it happens, from 1
 */
record Fault(Kind kind, int at) {

  /** What happens at the message. */
  enum Kind {
    /** The connection ends before the message. */
    CUT_BEFORE,
    /** The message passes, and then the connection ends. */
    CUT_AFTER,
    /** The message passes when its sender or receiver has given up. */
    DELAY,
    /** A request is received twice. */
    DUPLICATE,
    /** All connections of the replica end before the message, and new ones are refused. */
    CRASH
  }

  @Override
  public String toString() {
    return kind + " at message " + at;
  }
}
