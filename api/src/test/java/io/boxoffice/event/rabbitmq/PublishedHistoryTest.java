package io.boxoffice.event.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests the age of what waits. */
class PublishedHistoryTest {
  private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");

  private final PublishedHistory history = new PublishedHistory();

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  @Test
  void theOldestIsFoundFromTheEnd() {
    for (int second = 0; second < 10; second++) {
      history.add("mail", 2, at(second));
      history.add("mail", 3, at(second).plusMillis(900));
    }
    assertThat(history.oldest("mail", 5, at(10))).isEqualTo(Duration.ofSeconds(1));
    assertThat(history.oldest("mail", 6, at(10))).isEqualTo(Duration.ofSeconds(2));
    assertThat(history.oldest("mail", 50, at(10))).isEqualTo(Duration.ofSeconds(10));
    assertThat(history.oldest("mail", 0, at(10))).isZero();
  }

  @Test
  void whatAnotherProcessPublishedIsAsOldAsItsFirstSight() {
    assertThat(history.oldest("mail", 7, at(0))).isZero();
    assertThat(history.oldest("mail", 7, at(60))).isEqualTo(Duration.ofSeconds(60));
    assertThat(history.oldest("mail", 0, at(70))).isZero();
    assertThat(history.oldest("mail", 1, at(80))).isZero();
  }

  @Test
  void afterAnHourTheAgeIsALowerBound() {
    for (int second = 0; second <= 4_000; second++) {
      history.add("mail", 1, at(second));
    }
    assertThat(history.oldest("mail", 4_001, at(4_000))).isEqualTo(Duration.ofSeconds(4_000 - 401));
  }
}
