package io.boxoffice.stress.compare.audit;

/**
 * A request of a load with its answer. Times are microseconds since 1970.
 *
 * @param key names the effect that the request should have
 * @param sentAt when it should have been sent, even if the load was late
 * @param status 0 without an answer
 * @param accepted whether the answer is a success
 * @param code why it is none; empty for a success
 */
public record Answer(
    String key, long sentAt, long answeredAt, int status, boolean accepted, String code) {

  /** The code without an answer within the time limit. */
  public static final String TIMEOUT = "timeout";

  /** The code of a request whose connection was refused, so that it was never sent. */
  public static final String NO_CONNECTION = "no-connection";

  /** The code of a request whose connection broke before the answer. */
  public static final String CONNECTION_LOST = "connection-lost";

  /** Whether the shop may still work on it, or has done it, without an answer to the client. */
  public boolean isUnknown() {
    return status == 0 && !code.equals(NO_CONNECTION);
  }
}
