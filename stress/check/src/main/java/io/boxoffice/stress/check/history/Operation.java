package io.boxoffice.stress.check.history;

/**
 * A request of a client and its answer.
 *
 * @param id names it in the history
 * @param stock the stock that it is about; null for a cancellation or a payment
 * @param quantity the tickets of a purchase; 0 for other requests
 * @param key the key of a purchase; its attempts share it. Null for other requests
 * @param purchase the purchase that was acknowledged, or is to be cancelled or paid; null if there
 *     is none
 * @param invoked when the client sent it, in microseconds
 * @param ended when the client had the answer; {@link #NEVER} without one
 * @param available what a read saw; 0 for other requests
 * @param maxAge how old the stock of a read or of "sold out" may be, in microseconds
 */
public record Operation(
    String id,
    Kind kind,
    Outcome outcome,
    String stock,
    int quantity,
    String key,
    String purchase,
    long invoked,
    long ended,
    long available,
    long maxAge) {

  /** The end of what has no answer. */
  public static final long NEVER = Long.MAX_VALUE;

  /** What was asked for. */
  public enum Kind {
    BUY,
    CANCEL,
    /** To keep tickets that were only held. */
    PAY,
    READ
  }

  /** What the client knows. */
  public enum Outcome {
    /** It was done. */
    OK,
    /** It was not done, because too few tickets were left. */
    SOLD_OUT,
    /** The payment was declined, and the tickets are on sale again. */
    DECLINED,
    /** It was not done, for another reason. */
    FAILED,
    /** It was done, or not, or will be. */
    UNKNOWN
  }
}
