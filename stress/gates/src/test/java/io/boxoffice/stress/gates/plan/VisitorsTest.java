package io.boxoffice.stress.gates.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.gate.code.format.CodeCheck;
import io.boxoffice.stress.gates.TestCodes;
import io.boxoffice.stress.gates.device.Arrival;
import io.boxoffice.stress.gates.ledger.Kind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Checks what persons show. */
class VisitorsTest {
  private static final int PERSONS = 2_000;

  private final Tickets tickets =
      new Tickets(
          TestCodes.tickets(TestCodes.CONCERT, PERSONS / 2),
          TestCodes.tickets(TestCodes.CONCERT, 3),
          TestCodes.tickets(TestCodes.OTHER_CONCERT, 3));

  @Test
  void everyKindComesAndSomeComeTwiceAtTwoGates() {
    OfflinePlan plan = new OfflinePlan(0.5, Duration.ofSeconds(10));
    Visitors visitors = new Visitors(tickets, plan, 8, 1);
    Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
    int bothOffline = 0;
    for (int i = 0; i < PERSONS; i++) {
      long nanos = i * 5_000_000L;
      List<Arrival> arrivals = visitors.next(nanos);
      arrivals.forEach(arrival -> kinds.merge(arrival.showing().kind(), 1, Integer::sum));
      if (arrivals.size() == 2) {
        assertThat(arrivals.get(0).gate()).isNotEqualTo(arrivals.get(1).gate());
        assertThat(arrivals.get(0).showing()).isEqualTo(arrivals.get(1).showing());
        bothOffline +=
            arrivals.stream().allMatch(arrival -> plan.isOffline(arrival.gate(), nanos)) ? 1 : 0;
      }
    }
    // There are fewer tickets than persons, so used ones are shown at the end.
    assertThat(kinds.get(Kind.VALID)).isGreaterThan(PERSONS * 8 / 10);
    for (Kind kind : List.of(Kind.CANCELLED, Kind.OTHER_CONCERT, Kind.FORGED)) {
      assertThat(kinds.get(kind)).isBetween(PERSONS / 100, PERSONS * 6 / 100);
    }
    assertThat(bothOffline).isGreaterThan(20);
  }

  @Test
  void noForgedCodeIsGenuine() {
    Forger forger = new Forger(new SplittableRandom(5));
    String code = tickets.valid().get(0).code();
    for (int i = 0; i < 1_000; i++) {
      assertThat(TestCodes.verifier().check(forger.forge(code)))
          .isInstanceOf(CodeCheck.Refused.class);
    }
  }
}
