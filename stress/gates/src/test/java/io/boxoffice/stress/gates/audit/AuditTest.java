package io.boxoffice.stress.gates.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.gates.TestCodes;
import io.boxoffice.stress.gates.TestShop;
import io.boxoffice.stress.gates.TestShop.Fault;
import io.boxoffice.stress.gates.device.Arrival;
import io.boxoffice.stress.gates.device.Device;
import io.boxoffice.stress.gates.device.Mishaps;
import io.boxoffice.stress.gates.device.Tally;
import io.boxoffice.stress.gates.ledger.GateLedger;
import io.boxoffice.stress.gates.plan.OfflinePlan;
import io.boxoffice.stress.gates.plan.Tickets;
import io.boxoffice.stress.gates.plan.Visitors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs gates against a shop in memory, and plants each fault that the audit must find. */
class AuditTest {
  private static final int GATES = 6;
  private static final int PERSONS = 900;

  /** What the report of each fault says. */
  private static final Map<Fault, String> WORDS =
      Map.ofEntries(
          Map.entry(Fault.ADMITS_TWICE, "was admitted 2 times"),
          Map.entry(Fault.ADMITS_A_FORGED_CODE, "of the kind FORGED is admitted"),
          Map.entry(Fault.REFUSES_A_VALID_TICKET, "is valid, and was not admitted"),
          Map.entry(Fault.LOSES_A_SCAN, "as if it was never applied"),
          Map.entry(Fault.CHANGES_A_RESULT, "refused (already-admitted)"),
          Map.entry(Fault.COUNTS_TOO_MUCH, "The attendance of the concert is"),
          Map.entry(Fault.COUNTS_AT_ANOTHER_GATE, "The attendance of gate-"),
          Map.entry(Fault.HIDES_A_CONFLICT, "is not listed"),
          Map.entry(Fault.LISTS_A_CONFLICT_TWICE, "is listed twice"),
          Map.entry(Fault.NAMES_NO_OTHER_SCAN, "is listed as"),
          Map.entry(Fault.INVENTS_A_CONFLICT, "which has none"),
          Map.entry(Fault.SHOWS_A_PERSON_OUTSIDE, "is outside again, and must be inside"),
          Map.entry(Fault.APPLIES_A_REPETITION, "attendance"));

  private final List<GateLedger> ledgers = new ArrayList<>();

  private Findings run(TestShop shop) {
    Tickets tickets =
        new Tickets(
            TestCodes.tickets(TestCodes.CONCERT, PERSONS),
            TestCodes.tickets(TestCodes.CONCERT, 5),
            TestCodes.tickets(TestCodes.OTHER_CONCERT, 5));
    OfflinePlan plan = new OfflinePlan(0.3, Duration.ofSeconds(20));
    Visitors visitors = new Visitors(tickets, plan, GATES, 7);
    List<Device> devices = new ArrayList<>();
    for (int gate = 0; gate < GATES; gate++) {
      devices.add(device(gate, shop, visitors));
    }
    for (int person = 0; person < PERSONS; person++) {
      long nanos = Duration.ofSeconds(20).toNanos() / PERSONS * person;
      Instant now = Instant.now();
      for (Arrival arrival : visitors.next(nanos)) {
        boolean offline = plan.isOffline(arrival.gate(), nanos);
        devices.get(arrival.gate()).scan(arrival.showing(), offline, now, System.nanoTime());
      }
      if (person == PERSONS / 2) {
        devices.get(2).reset(now);
      }
      for (int gate = 0; gate < GATES; gate++) {
        if (!plan.isOffline(gate, nanos)) {
          devices.get(gate).send(now);
        }
      }
    }
    devices.forEach(AuditTest::sendRest);
    return Audit.of(ledgers, shop);
  }

  private Device device(int gate, TestShop shop, Visitors visitors) {
    GateLedger ledger = new GateLedger("gate-" + gate);
    ledgers.add(ledger);
    return new Device(
        new Device.Setting(
            "gate-" + gate,
            TestCodes.CONCERT,
            TestCodes.verifier(),
            Duration.ofHours(gate - 3),
            1_000),
        shop,
        Mishaps.random(gate),
        ledger,
        new Tally(),
        visitors::answered);
  }

  private static void sendRest(Device device) {
    for (int i = 0; i < 20 && device.waiting() > 0; i++) {
      device.send(Instant.now());
    }
    device.end();
  }

  @Test
  void aShopWithoutFaultsIsClean() {
    Findings findings = run(new TestShop(Fault.NONE));
    assertThat(findings.faults()).isEmpty();
    assertThat(findings.figures().get("scans")).isGreaterThan(PERSONS * 8 / 10);
    assertThat(findings.figures().get("conflicts")).isGreaterThan(5);
    assertThat(findings.figures().get("left")).isGreaterThan(5);
    assertThat(findings.figures().get("refused")).isGreaterThan(50);
    assertThat(findings.figures()).containsEntry("scansRepeated", findings.figures().get("scans"));
    assertThat(ledgers).anySatisfy(ledger -> assertThat(ledger.sentAgain()).isPositive());
    assertThat(ledgers.get(2).entries())
        .extracting(entry -> entry.scan().series())
        .contains(1L)
        .anyMatch(series -> series > 1_000_000_000L);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aPlantedFaultIsFound(Fault fault) {
    TestShop shop = new TestShop(fault);
    Findings findings = run(shop);
    assertThat(shop.wasWrong()).isTrue();
    assertThat(findings.isClean()).isFalse();
    assertThat(findings.faults()).anyMatch(sentence -> sentence.contains(WORDS.get(fault)));
  }

  @Test
  void aScanWithoutAResultIsFound() {
    GateLedger ledger = new GateLedger("gate-1");
    Device device =
        new Device(
            new Device.Setting(
                "gate-1", TestCodes.CONCERT, TestCodes.verifier(), Duration.ZERO, 10),
            new TestShop(Fault.NONE),
            Mishaps.NONE,
            ledger,
            new Tally(),
            entry -> {});
    device.scan(TestCodes.valid(), false, Instant.now(), System.nanoTime());
    device.end();
    assertThat(Audit.of(List.of(ledger), new TestShop(Fault.NONE)).faults())
        .singleElement()
        .asString()
        .contains("has no result");
  }

  @Test
  void everyFaultHasWords() {
    assertThat(WORDS).hasSize(Fault.values().length - 1);
  }
}
