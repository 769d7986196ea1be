package io.boxoffice.stress.crowd.record;

/**
 * A request and its answer.
 *
 * @param sent when the request was sent, as {@link System#nanoTime}
 * @param ended when its answer was there, or the client no longer waited for it
 */
public record Exchange(long sent, long ended, Answer answer) {
  /** One that takes no time. */
  public static Exchange now(Answer answer) {
    long now = System.nanoTime();
    return new Exchange(now, now, answer);
  }
}
