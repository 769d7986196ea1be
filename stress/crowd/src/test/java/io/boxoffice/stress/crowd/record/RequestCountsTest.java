package io.boxoffice.stress.crowd.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RequestCountsTest {

  @Test
  void whatWasNotAnsweredIsBad() {
    RequestCounts tally = new RequestCounts();
    for (Outcome outcome : Outcome.values()) {
      tally.sent();
      tally.ended(Kind.BUY, outcome, 1_000_000);
    }
    tally.sent();
    assertThat(tally.sentCount()).isEqualTo(10);
    assertThat(tally.ended()).isEqualTo(9);
    // Overloaded, lost, failed, and the one without an answer yet.
    assertThat(tally.bad()).isEqualTo(4);
    assertThat(tally.badShare()).isCloseTo(0.4, within(1e-9));
  }

  @Test
  void percentilesAreThoseOfTheKindAndOfAllParts() {
    RequestCounts sum = new RequestCounts();
    for (int part = 0; part < 4; part++) {
      RequestCounts one = new RequestCounts();
      for (int millis = 1; millis <= 25; millis++) {
        one.ended(Kind.READ, Outcome.OK, (part * 25 + millis) * 1_000_000L);
      }
      sum.add(one);
    }
    assertThat(sum.percentile(Kind.READ, 50)).isEqualTo(50);
    assertThat(sum.percentile(Kind.READ, 99)).isEqualTo(99);
    assertThat(sum.percentile(Kind.READ, 100)).isEqualTo(100);
    assertThat(sum.percentile(Kind.BUY, 50)).isNaN();
  }

  @Test
  void aLostAnswerHasNoLatency() {
    RequestCounts tally = new RequestCounts();
    tally.ended(Kind.BUY, Outcome.LOST, 40_000_000_000L);
    assertThat(tally.percentile(Kind.BUY, 99)).isNaN();
  }
}
