package io.boxoffice.stress.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadTallyTest {
  private static final Window WINDOW = Window.of(Duration.ofSeconds(20));

  @Test
  void theLeadIsAuditedAndNotMeasured() {
    LoadTally tally = new LoadTally();
    tally.expected(1, WINDOW.contains(Duration.ofMillis(500).toNanos()), 9_000_000);
    tally.expected(64, WINDOW.contains(Duration.ofSeconds(2).toNanos()), 1_000_000);
    tally.expected(1, WINDOW.contains(Duration.ofSeconds(21).toNanos()), 9_000_000);
    assertThat(tally.expectedInAll()).isEqualTo(66);
    assertThat(tally.measurement(WINDOW, 0, 0).rate()).isEqualTo(64 / 20.0);
    assertThat(tally.measurement(WINDOW, 0, 0).p99()).isBetween(1.0, 1.01);
  }

  @Test
  void otherAnswersAreCountedByStatus() {
    LoadTally tally = new LoadTally();
    LoadTally second = new LoadTally();
    tally.other(503);
    second.other(503);
    second.other(409);
    tally.add(second);
    assertThat(tally.others()).isEqualTo(Map.of(503, 2L, 409, 1L));
    assertThat(tally.measurement(WINDOW, 0, 0).others()).isEqualTo(3);
  }

  @Test
  void theTimeOfTheServiceIsSharedByAllAnswers() {
    LoadTally tally = new LoadTally();
    tally.expected(3, true, 1_000_000);
    tally.other(503);
    assertThat(tally.measurement(WINDOW, 0, 200_000).serviceMicros()).isEqualTo(50);
  }

  @Test
  void theLeadIsNoLongerThanASecond() {
    assertThat(WINDOW.lead()).isEqualTo(Duration.ofSeconds(1));
    assertThat(Window.of(Duration.ofSeconds(2)).lead()).isEqualTo(Duration.ofMillis(200));
  }
}
