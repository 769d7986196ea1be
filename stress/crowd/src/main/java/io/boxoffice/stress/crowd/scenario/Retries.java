package io.boxoffice.stress.crowd.scenario;

import io.boxoffice.stress.crowd.record.Answer;
import io.boxoffice.stress.crowd.record.Outcome;
import java.time.Duration;
import java.util.Set;

/**
 * When a buyer asks again with the same key, and how long the buyer waits before: as long as the
 * answer says, else a pause.
 *
 * @param most how often at most
 */
public record Retries(int most, Set<Outcome> after, Duration pause) {
  /** Takes every answer as it is. */
  static final Retries NONE = new Retries(0, Set.of(), Duration.ZERO);

  boolean again(int tries, Answer answer) {
    return tries <= most && after.contains(answer.outcome());
  }

  Duration wait(Answer answer) {
    return answer.retryAfter() == null ? pause : Duration.ofSeconds(answer.retryAfter());
  }
}
