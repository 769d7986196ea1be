package io.boxoffice.partner;

import java.util.Locale;

/** Reports that a call has no usable answer. The message has no text of the partner in it. */
public final class PartnerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Outcome outcome;

  /** What became of a call. */
  public enum Outcome {
    /** Done. */
    SUCCEEDED,
    /** The partner refuses this call, also when it is repeated. */
    REFUSED,
    /** The partner answered with a failure or with garbage, or the connection was lost. */
    FAILED,
    /** No answer within the time limit. The partner may have done what it was asked. */
    TIMED_OUT,
    /** No connection, so the partner did nothing. */
    NOT_SENT,
    /** Not sent, because too many calls to the partner are in flight. */
    FULL;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  PartnerException(Outcome outcome, String message) {
    super(message);
    this.outcome = outcome;
  }

  /** What became of the call; never {@link Outcome#SUCCEEDED}. */
  public Outcome outcome() {
    return outcome;
  }
}
