package io.boxoffice.order.ledger;

import static io.boxoffice.order.ledger.LedgerScene.SETTINGS;
import static io.boxoffice.order.ledger.LedgerScene.charge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.order.ledger.Difference.Kind;
import io.boxoffice.order.payment.PartnerLedger;
import io.boxoffice.order.payment.PaymentUnknownException;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests what a run of the comparison reads, and how it fails. */
class LedgerRunDatabaseTest {
  private final LedgerScene scene = new LedgerScene();

  @Test
  void aRunReadsOnlyWhatIsNewUntilAFullOneIsDue() {
    scene.agree();
    scene.comparison.run();
    assertThat(scene.partner.asked().get(0).since())
        .isBefore(Instant.now().minus(Duration.ofDays(35)));

    scene.compare(false);
    List<PartnerLedger.Query> second = scene.partner.asked();
    assertThat(second).hasSize(1);
    // Two graces: what the first run reached, and one before it.
    assertThat(second.get(0).since())
        .isBetween(
            Instant.now().minus(Duration.ofMinutes(31)),
            Instant.now().minus(Duration.ofMinutes(29)));

    scene.execute("UPDATE ledger_comparison SET full_at = full_at - interval '61 minutes'");
    scene.compare(false);
    assertThat(scene.partner.asked()).hasSize(3);
  }

  @Test
  void aPartnerThatFailsInTheMiddleEndsTheRunAndKeepsWhatWasFound() {
    UUID id = scene.plant(Kind.UNKNOWN_ORDER);
    scene.agree();
    scene.plant(Kind.CHARGE_MISSING);
    scene.partner.put(charge(id, Duration.ofHours(2)));
    scene.partner.failAfter(1);

    assertThatThrownBy(scene.comparison::run).isInstanceOf(PaymentUnknownException.class);
    assertThat(scene.found()).containsExactly("UNKNOWN_ORDER " + id);
    assertThat(scene.failures("partner")).isEqualTo(1);
    Instant begun = scene.comparedAt();

    // A known difference stays known when the next run fails too.
    scene.partner.failAfter(0);
    assertThatThrownBy(() -> scene.compare(false)).isInstanceOf(PaymentUnknownException.class);
    assertThat(scene.found()).containsExactly("UNKNOWN_ORDER " + id);
    assertThat(scene.comparedAt()).isEqualTo(begun);

    scene.partner.failAfter(Integer.MAX_VALUE);
    scene.compare(false);
    assertThat(scene.found()).hasSize(2);
    assertThat(scene.comparedAt()).isAfter(begun);
  }

  @Test
  void oneReplicaComparesAndHoldsNoTransactionWhileThePartnerAnswers() {
    scene.agree();
    LedgerComparison other =
        new LedgerComparison(
            scene.database.jdbi(),
            scene.partner,
            SETTINGS,
            new LedgerMetrics(new CollectorRegistry()));
    List<Integer> open = new ArrayList<>();
    scene.partner.beside(
        () -> {
          scene.execute("UPDATE ledger_comparison SET attempted_at = NULL");
          other.run();
          open.add(
              scene
                  .database
                  .jdbi()
                  .withHandle(
                      handle ->
                          handle
                              .createQuery(
                                  "SELECT count(*) FROM pg_stat_activity WHERE datname ="
                                      + " current_database() AND state LIKE 'idle in transaction%'")
                              .mapTo(Integer.class)
                              .one()));
        });
    scene.comparison.run();
    assertThat(scene.partner.asked()).hasSize(3);
    assertThat(open).containsOnly(0);
  }

  @Test
  void aRunWhoseClaimWasTakenOverStoresNothing() {
    scene.agree();
    scene.plant(Kind.CHARGE_MISSING);
    scene.partner.beside(
        () -> scene.execute("UPDATE ledger_comparison SET claim = gen_random_uuid()"));
    assertThatThrownBy(scene.comparison::run).hasMessageContaining("taken");
    assertThat(scene.found()).isEmpty();
  }

  @Test
  void aPartnerWithoutALedgerIsAFailureOfItsOwn() {
    scene.partner.beside(
        () -> {
          throw new PartnerLedger.MissingException();
        });
    assertThatThrownBy(scene.comparison::run).hasMessageContaining("LEDGER_PAUSE=0s");
    assertThat(scene.failures("no_ledger")).isEqualTo(1);
  }
}
