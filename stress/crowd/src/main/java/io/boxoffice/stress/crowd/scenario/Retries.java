package io.boxoffice.stress.crowd.scenario;

import io.boxoffice.stress.crowd.record.Answer;
import io.boxoffice.stress.crowd.record.Outcome;
import java.time.Duration;
import java.util.Set;

/**
 * When a buyer repeats a request with the same key, and the wait before: Retry-After, or a pause
 * without it.
 *
 * @param most the highest number of repetitions
 */
public record Retries(int most, Set<Outcome> after, Duration pause) {
  /** No repetition. */
  static final Retries NONE = new Retries(0, Set.of(), Duration.ZERO);

  boolean again(int tries, Answer answer) {
    return tries <= most && after.contains(answer.outcome());
  }

  Duration wait(Answer answer) {
    return answer.retryAfter() == null ? pause : Duration.ofSeconds(answer.retryAfter());
  }
}
