package io.boxoffice.partner;

import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.Receiver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Makes the calls of a consumer. While the partner is away, it tries again itself: no delivery is
 * to blame, so none should become a dead letter.
 */
final class CallingReceiver implements Receiver {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final int LONGEST_PAUSES = 10;

  /** The subscription ends so soon after the receiver; a failure does not count then. */
  private static final Duration UNTIL_END = Duration.ofMillis(100);

  private final FollowUp followUp;
  private final Duration patience;
  private final Duration firstPause;
  private final CountDownLatch ended = new CountDownLatch(1);

  CallingReceiver(FollowUp followUp) {
    this(followUp, PATIENCE, FIRST_PAUSE);
  }

  /**
   * Makes the calls of the given follow-up.
   *
   * @param patience how long a partner may be away before it is a failure
   * @param firstPause between two tries; each is twice as long as the one before, up to ten times
   *     the first
   */
  CallingReceiver(FollowUp followUp, Duration patience, Duration firstPause) {
    this.followUp = followUp;
    this.patience = patience;
    this.firstPause = firstPause;
  }

  @Override
  public void receive(List<Event> events) throws Exception {
    long begin = System.nanoTime();
    Duration longest = firstPause.multipliedBy(LONGEST_PAUSES);
    Duration pause = firstPause;
    while (true) {
      try {
        followUp.begin(events).get();
        return;
      } catch (ExecutionException failed) {
        Throwable cause = FollowUp.causeOf(failed);
        if (!isAway(cause)
            || System.nanoTime() - begin > patience.toNanos()
            || isEndedWithin(pause)) {
          throw new FailedCallException(followUp.consumer(), cause);
        }
        pause = pause.multipliedBy(2).compareTo(longest) < 0 ? pause.multipliedBy(2) : longest;
      }
    }
  }

  private static boolean isAway(Throwable cause) {
    return cause instanceof PartnerException failure && failure.isAway();
  }

  private boolean isEndedWithin(Duration pause) throws InterruptedException {
    if (ended.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      TimeUnit.MILLISECONDS.sleep(UNTIL_END.toMillis());
      return true;
    }
    return false;
  }

  @Override
  public void end() {
    ended.countDown();
  }

  /** Reports to the transport that a call failed. Its text becomes part of a dead letter. */
  private static final class FailedCallException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedCallException(String consumer, Throwable cause) {
      super("The call %s failed: %s".formatted(consumer, cause), cause);
    }
  }
}
