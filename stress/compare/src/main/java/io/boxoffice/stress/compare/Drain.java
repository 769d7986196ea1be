package io.boxoffice.stress.compare;

import io.boxoffice.stress.compare.audit.Answer;
import io.boxoffice.stress.compare.audit.Effects;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Waits after a load until all its effects are there, or none is to be expected any more.
 *
 * @param poll between two readings
 * @param quiet how long no effect and no change may come before the missing ones are lost
 * @param limit for all of it
 * @param settling after all is done, for what may be done twice
 */
record Drain(Duration poll, Duration quiet, Duration limit, Duration settling) {

  /** The quiet time is longer than the pauses between two deliveries of an event: 8 s at most. */
  static Drain standard() {
    return new Drain(
        Duration.ofSeconds(1),
        Duration.ofSeconds(20),
        Duration.ofMinutes(2),
        Duration.ofSeconds(3));
  }

  /** Reads the effects until then, and gives the last reading. */
  Effects await(List<Answer> answers, Supplier<Effects> reading) {
    long begin = System.nanoTime();
    long changed = begin;
    int before = -1;
    while (true) {
      Effects effects = reading.get();
      long now = System.nanoTime();
      if (effects.progress() != before) {
        before = effects.progress();
        changed = now;
      }
      boolean complete =
          !effects.hasOpen() && answers.stream().allMatch(one -> isDone(one, effects));
      boolean isQuiet = !effects.hasOpen() && now - changed > quiet.toNanos();
      if (complete || isQuiet || now - begin > limit.toNanos()) {
        Load.pause(settling.toMillis());
        return reading.get();
      }
      Load.pause(poll.toMillis());
    }
  }

  /** Whether nothing more is to be expected of a request. */
  private static boolean isDone(Answer answer, Effects effects) {
    boolean wanted = answer.accepted() || answer.isUnknown() || effects.isCommitted(answer.key());
    return !wanted || effects.count(answer.key()) > 0;
  }
}
