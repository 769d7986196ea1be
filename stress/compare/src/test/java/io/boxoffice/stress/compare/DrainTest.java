package io.boxoffice.stress.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.compare.audit.Answer;
import io.boxoffice.stress.compare.audit.Effects;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(100);

  private int readings;

  @Test
  void waitsForTheEffectOfASuccess() {
    assertThat(await(drain(LONG, LONG), accepted(), 5, false).count("key")).isEqualTo(1);
    assertThat(readings).isBetween(5, 7);
  }

  @Test
  void waitsForARequestWhoseClientHasGivenUp() {
    Answer timeout = new Answer("key", 0, 1, 0, false, Answer.TIMEOUT);
    assertThat(await(drain(LONG, LONG), timeout, 5, false).count("key")).isEqualTo(1);
  }

  @Test
  void doesNotWaitForARefusedRequest() {
    await(drain(LONG, LONG), new Answer("key", 0, 1, 503, false, "overloaded"), 1_000, false);
    await(drain(LONG, LONG), new Answer("key", 0, 1, 0, false, Answer.NO_CONNECTION), 1_000, false);
    assertThat(readings).isEqualTo(4);
  }

  @Test
  void givesUpWhenItIsQuiet() {
    assertThat(await(drain(SHORT, LONG), accepted(), 1_000_000, false).count("key")).isZero();
  }

  @Test
  void waitsForOpenWorkUntilTheLimit() {
    long begin = System.nanoTime();
    await(drain(Duration.ZERO, SHORT), accepted(), 1_000_000, true);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(SHORT);
  }

  private static Drain drain(Duration quiet, Duration limit) {
    return new Drain(Duration.ofMillis(1), quiet, limit, Duration.ofMillis(1));
  }

  private static Answer accepted() {
    return new Answer("key", 0, 1, 200, true, "");
  }

  /** The effect comes with the reading of this number. */
  private Effects await(Drain drain, Answer answer, int reading, boolean open) {
    return drain.await(
        List.of(answer),
        () -> {
          readings++;
          Effects effects = new Effects();
          if (open) {
            effects.open("key");
          }
          if (readings >= reading) {
            effects.add("key", 1);
          }
          return effects;
        });
  }
}
