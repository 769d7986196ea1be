package io.boxoffice.partner;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Decides who calls a partner after a change. */
public enum Communication {
  /** The request's thread calls one partner after the other, and waits for each. */
  BLOCKING,
  /** The request waits without a thread, while the calls run side by side. */
  NONBLOCKING,
  /** The request is answered after its commit. Consumers of its events call the partners. */
  EVENTS;

  /** Longer than any request waits for its answer. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  /**
   * Keeps the thread of a request until its answer is known, if the communication is blocking.
   *
   * @return the given answer
   */
  public <T> CompletionStage<T> hold(CompletionStage<T> answer) {
    if (this == BLOCKING) {
      CountDownLatch ended = new CountDownLatch(1);
      var unused = answer.whenComplete((value, failure) -> ended.countDown());
      try {
        var unusedToo = ended.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
    return answer;
  }
}
