package io.boxoffice.stress.gates.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.gates.TestCodes;
import io.boxoffice.stress.gates.TestShop;
import io.boxoffice.stress.gates.ledger.Entry;
import io.boxoffice.stress.gates.ledger.GateLedger;
import io.boxoffice.stress.gates.ledger.Kind;
import io.boxoffice.stress.gates.ledger.Result;
import io.boxoffice.stress.gates.ledger.Scan;
import io.boxoffice.stress.gates.ledger.Showing;
import io.boxoffice.stress.gates.plan.Ticket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks the order of a device's scans, its retries, and what it decides without network. */
class DeviceTest {
  private static final Instant NOW = Instant.parse("2026-11-30T19:00:00Z");
  private static final int JOURNAL = 5;

  private final TestShop shop = new TestShop(TestShop.Fault.NONE);
  private final GateLedger ledger = new GateLedger("north");
  private final List<List<Scan>> sent = new ArrayList<>();
  private final List<Instant> deviceTimes = new ArrayList<>();
  private int failures;
  private Mishaps mishaps = Mishaps.NONE;

  private List<Result> line(List<Scan> scans, Instant deviceTime) throws IOException {
    sent.add(scans);
    deviceTimes.add(deviceTime);
    if (failures > 0) {
      failures--;
      throw new IOException("no answer");
    }
    return shop.send(scans, deviceTime);
  }

  private Device device(Duration clockError) {
    return new Device(
        new Device.Setting("north", TestCodes.CONCERT, TestCodes.verifier(), clockError, JOURNAL),
        this::line,
        mishaps,
        ledger,
        new Tally(),
        entry -> {});
  }

  private Device device() {
    return device(Duration.ZERO);
  }

  private static void scan(Device device, Showing showing, boolean offline) {
    device.scan(showing, offline, NOW, System.nanoTime());
  }

  @Test
  void scansKeepTheirOrderUntilTheyAreAnswered() {
    Device device = device();
    failures = 2;
    scan(device, TestCodes.valid(), false);
    assertThat(device.send(NOW)).isFalse();
    assertThat(device.isAwaited()).isTrue();
    scan(device, TestCodes.valid(), false);
    assertThat(device.send(NOW)).isFalse();
    assertThat(device.send(NOW)).isTrue();

    assertThat(device.isAwaited()).isFalse();
    assertThat(device.waiting()).isZero();
    assertThat(sent).hasSize(3);
    assertThat(sent.get(2)).isEqualTo(sent.get(1)).first().isEqualTo(sent.get(0).get(0));
    assertThat(sent.get(2)).extracting(Scan::sequence).containsExactly(1L, 2L);
    assertThat(ledger.entries()).extracting(Entry::scan).isEqualTo(sent.get(2));
    assertThat(ledger.sentAgain()).isEqualTo(2);
  }

  @Test
  void anAnswerThatIsLostIsAskedForAgain() {
    mishaps =
        new Mishaps() {
          private int answers;

          @Override
          public boolean losesAnswer() {
            return answers++ == 0;
          }

          @Override
          public boolean repeats() {
            return true;
          }
        };
    Device device = device();
    scan(device, TestCodes.valid(), false);
    assertThat(device.send(NOW)).isFalse();
    assertThat(device.send(NOW)).isTrue();
    assertThat(ledger.entries())
        .singleElement()
        .satisfies(
            entry -> assertThat(entry.result()).isEqualTo(new Result("admitted", null, true)));
    assertThat(sent).hasSize(3);
    assertThat(ledger.faults()).isEmpty();
  }

  @Test
  void aScanThatIsParkedIsSentAgainWithThoseAfterIt() {
    ScanLine parking =
        (scans, deviceTime) ->
            scans.stream().map(scan -> new Result("parked", null, false)).toList();
    Device device =
        new Device(
            new Device.Setting(
                "north", TestCodes.CONCERT, TestCodes.verifier(), Duration.ZERO, JOURNAL),
            parking,
            Mishaps.NONE,
            ledger,
            new Tally(),
            entry -> {});
    scan(device, TestCodes.valid(), false);
    scan(device, TestCodes.valid(), false);
    assertThat(device.send(NOW)).isFalse();
    assertThat(device.waiting()).isEqualTo(2);
    assertThat(ledger.entries()).isEmpty();
  }

  @Test
  void withoutNetworkItDecidesByTheCode() {
    Device device = device();
    Showing valid = TestCodes.valid();
    Ticket other = TestCodes.ticket(TestCodes.OTHER_CONCERT);
    scan(device, valid, true);
    scan(device, valid, true);
    scan(device, TestCodes.forged(), true);
    scan(device, Showing.inwards(Kind.OTHER_CONCERT, other.id(), other.code()), true);
    scan(device, valid.leaving(), true);
    assertThat(device.isAwaited()).isFalse();
    assertThat(device.send(NOW)).isTrue();

    assertThat(ledger.refusedHere()).isEqualTo(3);
    assertThat(ledger.entries()).allMatch(entry -> entry.scan().offline());
    assertThat(ledger.entries())
        .extracting(entry -> entry.result().result())
        .containsExactly("admitted", "left");
    assertThat(ledger.faults()).isEmpty();
  }

  @Test
  void theShopDecidesOverEveryCodeWithNetwork() {
    Device device = device();
    scan(device, TestCodes.forged(), false);
    device.send(NOW);
    assertThat(ledger.entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.result().reason()).isEqualTo("forged"));
  }

  @Test
  void aCodeThatIsNotWhatItSeemsIsAFault() {
    Showing valid = TestCodes.valid();
    scan(device(), Showing.inwards(Kind.FORGED, null, valid.code()), false);
    assertThat(ledger.faults()).singleElement().asString().contains("genuine");
  }

  @Test
  void aResetBeginsAGreaterSeries() {
    Device device = device();
    Showing valid = TestCodes.valid();
    scan(device, valid, true);
    device.reset(NOW);
    scan(device, valid, true);
    device.reset(NOW);
    scan(device, TestCodes.valid(), true);
    device.send(NOW);

    long seconds = NOW.getEpochSecond();
    assertThat(sent.get(0)).extracting(Scan::series).containsExactly(1L, seconds, seconds + 1);
    assertThat(sent.get(0)).extracting(Scan::sequence).containsExactly(1L, 1L, 1L);
    // It has forgotten that the ticket was used here.
    assertThat(ledger.entries().get(1).result().reason()).isEqualTo("already-admitted");
  }

  @Test
  void aWrongClockIsWrongInTheScanAndInTheBatch() {
    Device device = device(Duration.ofHours(-3));
    scan(device, TestCodes.valid(), true);
    device.send(NOW.plusSeconds(60));
    assertThat(sent.get(0).get(0).scannedAt()).isEqualTo(NOW.minusSeconds(3 * 3_600));
    assertThat(deviceTimes).containsExactly(NOW.minusSeconds(3 * 3_600 - 60));
  }

  @Test
  void aFullJournalClosesTheGate() {
    Device device = device();
    for (int i = 0; i < JOURNAL + 2; i++) {
      scan(device, TestCodes.valid(), true);
    }
    assertThat(device.waiting()).isEqualTo(JOURNAL);
    assertThat(ledger.refusedHere()).isEqualTo(2);
  }
}
