package io.boxoffice.stress.gates.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Checks when gates have no network. */
class OfflinePlanTest {
  private static final Duration LENGTH = Duration.ofSeconds(20);

  private static double share(OfflinePlan plan, int gate) {
    int parts = 10_000;
    return LongStream.range(0, parts)
            .filter(i -> plan.isOffline(gate, LENGTH.toNanos() / parts * i))
            .count()
        / (double) parts;
  }

  @Test
  void eachGateIsOfflineForTheShare() {
    OfflinePlan plan = new OfflinePlan(0.1, LENGTH);
    for (int gate = 0; gate < 20; gate++) {
      assertThat(share(plan, gate)).isBetween(0.095, 0.105);
    }
    assertThat(share(new OfflinePlan(0, LENGTH), 3)).isZero();
  }

  @Test
  void twoGatesAreCutOffTogetherAndOthersAreNot() {
    OfflinePlan plan = new OfflinePlan(0.1, LENGTH);
    long late = Duration.ofMillis(9_500).toNanos();
    assertThat(plan.isOffline(0, late)).isTrue();
    assertThat(plan.isOffline(1, late)).isTrue();
    assertThat(plan.isOffline(2, late)).isFalse();
  }

  @Test
  void aShareOfOneIsRejected() {
    assertThatThrownBy(() -> new OfflinePlan(1, LENGTH))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
