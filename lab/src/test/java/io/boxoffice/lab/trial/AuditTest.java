package io.boxoffice.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.check.history.History;
import io.boxoffice.stress.check.history.Operation;
import io.boxoffice.stress.check.history.Operation.Kind;
import io.boxoffice.stress.check.history.Operation.Outcome;
import io.boxoffice.stress.check.history.Purchase;
import io.boxoffice.stress.check.history.Stock;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTest {
  @Test
  void aReceiptWithoutItsPurchaseIsLost() {
    Audit audit =
        Audit.of(
            new History(
                List.of(buy("k1", "p1", 100), buy("k2", "p2", 200)),
                List.of(purchase("p1", "k1")),
                List.of(new Stock("hall", 10, 8L))));

    assertThat(audit).isEqualTo(new Audit(2, 1, 0, 0));
  }

  @Test
  void receiptsBeyondTheCapacityAreOversoldEvenIfTheyAreLost() {
    Audit audit =
        Audit.of(
            new History(
                List.of(buy("k1", "p1", 100), buy("k2", "p2", 200)),
                List.of(purchase("p1", "k1")),
                List.of(new Stock("hall", 2, 0L))));

    assertThat(audit.oversold()).isEqualTo(2);
  }

  @Test
  void aKeyIsUnknownOnlyIfNoAttemptWasAnswered() {
    Operation lost = attempt("k1", Outcome.UNKNOWN, null, Operation.NEVER);
    Operation other = attempt("k2", Outcome.UNKNOWN, null, Operation.NEVER);

    Audit audit =
        Audit.of(
            new History(
                List.of(lost, other, buy("k1", "p1", 300)),
                List.of(purchase("p1", "k1")),
                List.of(new Stock("hall", 10, 8L))));

    assertThat(audit).isEqualTo(new Audit(1, 0, 0, 1));
  }

  @Test
  void anOutageIsTheLongestGapThatEndsAfterTheFault() {
    List<Operation> operations =
        List.of(
            buy("k1", "p1", 100),
            buy("k2", "p2", 900), // a longer gap, before the fault
            buy("k3", "p3", 1_000),
            buy("k4", "p4", 1_300),
            buy("k5", "p5", 1_350),
            attempt("k6", Outcome.UNKNOWN, null, Operation.NEVER));

    assertThat(Outage.longest(operations, 1_100, 1_400)).isEqualTo(300);
  }

  @Test
  void anOutageWithoutAnEndLastsUntilTheEndOfTheLoad() {
    assertThat(Outage.longest(List.of(buy("k1", "p1", 1_000)), 1_100, 5_000)).isEqualTo(4_000);
  }

  private static Operation buy(String key, String purchase, long ended) {
    return attempt(key, Outcome.OK, purchase, ended);
  }

  private static Operation attempt(String key, Outcome outcome, String purchase, long ended) {
    return new Operation(
        key + "/" + ended, Kind.BUY, outcome, "hall", 2, key, purchase, 0, ended, 0, 0);
  }

  private static Purchase purchase(String id, String key) {
    return new Purchase(id, "hall", 2, key, false, false);
  }
}
