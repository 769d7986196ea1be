package io.boxoffice.gate.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests the age of the oldest message that waits. */
class BacklogAgeTest {
  private static final Instant BEGIN = Instant.parse("2026-11-30T20:00:00Z");

  private final BacklogAge age = new BacklogAge();

  private long look(long done, long waiting, long seconds) {
    return age.look(done, waiting, BEGIN.plusSeconds(seconds)).toSeconds();
  }

  @Test
  void nothingWaits() {
    assertThat(look(10, 0, 0)).isZero();
  }

  @Test
  void theOldestCountsAndNotTheOnesThatAreDone() {
    assertThat(look(0, 100, 0)).isZero();
    assertThat(look(0, 200, 10)).isEqualTo(10);
    // The first hundred are done: the oldest one arrived after 10 s.
    assertThat(look(100, 100, 15)).isEqualTo(5);
    assertThat(look(100, 100, 30)).isEqualTo(20);
    assertThat(look(200, 0, 31)).isZero();
    assertThat(look(200, 1, 40)).isZero();
  }

  @Test
  void aSteadyStreamThatIsWorkedOffStaysYoung() {
    for (int second = 0; second < 10_000; second++) {
      assertThat(look(100L * second, 50, second)).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void aBacklogThatGrowsForDaysNeedsBoundedMemory() {
    for (int second = 0; second < 200_000; second++) {
      assertThat(age.look(0, second + 1L, BEGIN.plusSeconds(second)))
          .isEqualTo(Duration.ofSeconds(second));
    }
  }
}
