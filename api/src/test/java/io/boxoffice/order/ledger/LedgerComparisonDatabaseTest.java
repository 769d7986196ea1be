package io.boxoffice.order.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.order.ledger.Difference.Kind;
import io.boxoffice.order.payment.PartnerLedger;
import io.boxoffice.order.payment.PartnerLedger.Entry;
import io.boxoffice.order.payment.PaymentUnknownException;
import io.boxoffice.testing.LedgerPartner;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.TestDatabase;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares orders on a real database with a ledger that each test writes. */
class LedgerComparisonDatabaseTest {
  private static final Duration OLD = Duration.ofHours(1);
  private static final Duration YOUNG = Duration.ofMinutes(5);
  private static final LedgerSettings SETTINGS =
      new LedgerSettings(
          io.dropwizard.util.Duration.minutes(1),
          io.dropwizard.util.Duration.hours(1),
          io.dropwizard.util.Duration.minutes(15),
          io.dropwizard.util.Duration.days(35));

  private final TestDatabase database = TestDatabase.migrated();
  private final Orders orders = new Orders(database);
  private final Orders.Type type = orders.concert(100);
  private final LedgerPartner partner = new LedgerPartner(2);
  private final CollectorRegistry prometheus = new CollectorRegistry();
  private final LedgerComparison comparison =
      new LedgerComparison(database.jdbi(), partner, SETTINGS, new LedgerMetrics(prometheus));
  private final StoredDifferences stored = new StoredDifferences(database.jdbi());

  private void execute(String sql, Object... parameters) {
    database.jdbi().useHandle(handle -> handle.execute(sql, parameters));
  }

  /** Inserts an order whose money the shop has or had, an hour ago. */
  private UUID paid(String state) {
    UUID id = orders.paid(type, "token");
    execute("UPDATE payments SET charge_id = ? WHERE order_id = ?", "c-" + id, id);
    execute("UPDATE orders SET state = ? WHERE id = ?", state, id);
    orders.age(id, OLD);
    return id;
  }

  private static Entry charge(UUID order, Duration age) {
    return new Entry("c-" + order, order, 4500, "EUR", true, false, Instant.now().minus(age));
  }

  private static Entry refunded(Entry entry) {
    return new Entry(
        entry.id(), entry.orderId(), entry.amount(), "EUR", true, true, entry.createdAt());
  }

  /** Lets the next run begin at once. */
  private void compare(boolean full) {
    execute(
        "UPDATE ledger_comparison SET attempted_at = NULL, has_full = has_full AND NOT ?", full);
    comparison.run();
  }

  private List<String> found() {
    return stored.oldest(100).stream().map(row -> row.kind() + " " + row.orderId()).toList();
  }

  private double differences(Kind kind) {
    return prometheus.getSampleValue(
        "ledger_differences", new String[] {"kind"}, new String[] {kind.label()});
  }

  private double moreAtThePartner() {
    return prometheus.getSampleValue(
        "ledger_difference_minor_units", new String[] {"currency"}, new String[] {"EUR"});
  }

  private double failures(String cause) {
    return prometheus.getSampleValue(
        "ledger_comparison_failures_total", new String[] {"cause"}, new String[] {cause});
  }

  private Instant comparedAt() {
    return database
        .jdbi()
        .withExtension(LedgerDao.class, LedgerDao::progress)
        .orElseThrow()
        .comparedAt();
  }

  /** Each order has what it must have at the partner; three pages. */
  private UUID agree() {
    UUID confirmed = paid("CONFIRMED");
    partner.put(charge(confirmed, OLD));
    partner.put(charge(paid("REFUNDING"), OLD));
    partner.put(refunded(charge(paid("REFUNDED"), OLD)));
    UUID declined = orders.ended(type, "DECLINED");
    orders.age(declined, OLD);
    partner.put(new Entry("d", declined, 4500, "EUR", false, false, Instant.now().minus(OLD)));
    UUID late = orders.ended(type, "EXPIRED");
    orders.age(late, OLD);
    partner.put(refunded(charge(late, OLD)));
    return confirmed;
  }

  /** Makes one difference, and returns its order. */
  private UUID plant(Kind kind) {
    UUID id =
        switch (kind) {
          case UNKNOWN_ORDER -> UUID.randomUUID();
          case UNCONFIRMED_CHARGE -> orders.ended(type, "EXPIRED");
          case REFUND_MISSING -> paid("REFUNDED");
          case SECOND_CHARGE, OTHER_AMOUNT, CHARGE_MISSING, UNEXPECTED_REFUND -> paid("CONFIRMED");
        };
    Entry right = charge(id, OLD);
    switch (kind) {
      case UNKNOWN_ORDER, REFUND_MISSING -> partner.put(right);
      case UNCONFIRMED_CHARGE -> {
        orders.age(id, OLD);
        partner.put(right);
      }
      case SECOND_CHARGE -> {
        partner.put(right);
        partner.put(new Entry("again", id, 4500, "EUR", true, false, right.createdAt()));
      }
      case OTHER_AMOUNT ->
          partner.put(new Entry(right.id(), id, 4400, "EUR", true, false, right.createdAt()));
      case CHARGE_MISSING -> {}
      case UNEXPECTED_REFUND -> partner.put(refunded(right));
    }
    return id;
  }

  @Test
  void moneyThatAgreesHasNoDifference() {
    agree();
    comparison.run();
    assertThat(found()).isEmpty();
    for (Kind kind : Kind.values()) {
      assertThat(differences(kind)).isZero();
    }
    assertThat(partner.asked()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aFullComparisonFindsEachKind(Kind kind) {
    agree();
    UUID id = plant(kind);

    comparison.run();

    assertThat(found()).containsExactly(kind + " " + id);
    assertThat(differences(kind)).isEqualTo(1);
    assertThat(moreAtThePartner())
        .isEqualTo(
            switch (kind) {
              case OTHER_AMOUNT -> -100;
              case CHARGE_MISSING, UNEXPECTED_REFUND -> -4500;
              default -> 4500;
            });

    // Another run of new charges finds it again, because it looks at known differences.
    compare(false);
    assertThat(found()).containsExactly(kind + " " + id);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CHARGE_MISSING", "REFUND_MISSING", "UNEXPECTED_REFUND"},
      mode = EnumSource.Mode.EXCLUDE)
  void aComparisonOfNewChargesFindsWhatComesWithACharge(Kind kind) {
    comparison.run();
    execute("UPDATE ledger_comparison SET compared_until = compared_until - interval '2 hours'");
    UUID id = plant(kind);

    compare(false);

    assertThat(found()).containsExactly(kind + " " + id);
  }

  @Test
  void aSettledDifferenceIsRemovedByTheNextRun() {
    UUID id = plant(Kind.REFUND_MISSING);
    UUID missing = plant(Kind.CHARGE_MISSING);
    comparison.run();
    assertThat(found()).hasSize(2);

    partner.put(refunded(charge(id, OLD)));
    compare(false);
    assertThat(found()).containsExactly("CHARGE_MISSING " + missing);
    partner.put(charge(missing, OLD));
    compare(false);
    assertThat(found()).isEmpty();
    assertThat(moreAtThePartner()).isZero();
  }

  @Test
  void chargesAndOrdersWithinTheGraceAreInFlight() {
    partner.put(charge(UUID.randomUUID(), YOUNG));
    UUID expired = orders.ended(type, "EXPIRED");
    orders.age(expired, YOUNG);
    partner.put(charge(expired, OLD));
    UUID confirmed = orders.paid(type, "token");
    orders.age(confirmed, YOUNG);

    comparison.run();
    assertThat(found()).isEmpty();

    // The same money, when the grace is over.
    orders.age(expired, OLD);
    orders.age(confirmed, OLD);
    compare(true);
    assertThat(found())
        .containsExactlyInAnyOrder("UNCONFIRMED_CHARGE " + expired, "CHARGE_MISSING " + confirmed);
  }

  @Test
  void aRunReadsOnlyWhatIsNewUntilAFullOneIsDue() {
    agree();
    comparison.run();
    assertThat(partner.asked().get(0).since()).isBefore(Instant.now().minus(Duration.ofDays(35)));

    compare(false);
    List<PartnerLedger.Query> second = partner.asked();
    assertThat(second).hasSize(1);
    // Two graces: what the first run reached, and one before it.
    assertThat(second.get(0).since())
        .isBetween(
            Instant.now().minus(Duration.ofMinutes(31)),
            Instant.now().minus(Duration.ofMinutes(29)));

    execute("UPDATE ledger_comparison SET full_at = full_at - interval '61 minutes'");
    compare(false);
    assertThat(partner.asked()).hasSize(3);
  }

  @Test
  void aPartnerThatFailsInTheMiddleEndsTheRunAndKeepsWhatWasFound() {
    UUID id = plant(Kind.UNKNOWN_ORDER);
    agree();
    plant(Kind.CHARGE_MISSING);
    partner.put(charge(id, Duration.ofHours(2)));
    partner.failAfter(1);

    assertThatThrownBy(comparison::run).isInstanceOf(PaymentUnknownException.class);
    assertThat(found()).containsExactly("UNKNOWN_ORDER " + id);
    assertThat(failures("partner")).isEqualTo(1);
    Instant begun = comparedAt();

    // A known difference stays known when the next run fails too.
    partner.failAfter(0);
    assertThatThrownBy(() -> compare(false)).isInstanceOf(PaymentUnknownException.class);
    assertThat(found()).containsExactly("UNKNOWN_ORDER " + id);
    assertThat(comparedAt()).isEqualTo(begun);

    partner.failAfter(Integer.MAX_VALUE);
    compare(false);
    assertThat(found()).hasSize(2);
    assertThat(comparedAt()).isAfter(begun);
  }

  @Test
  void oneReplicaComparesAndHoldsNoTransactionWhileThePartnerAnswers() {
    agree();
    LedgerComparison other =
        new LedgerComparison(
            database.jdbi(), partner, SETTINGS, new LedgerMetrics(new CollectorRegistry()));
    List<Integer> open = new ArrayList<>();
    partner.beside(
        () -> {
          execute("UPDATE ledger_comparison SET attempted_at = NULL");
          other.run();
          open.add(
              database
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
    comparison.run();
    assertThat(partner.asked()).hasSize(3);
    assertThat(open).containsOnly(0);
  }

  @Test
  void aRunWhoseClaimWasTakenOverStoresNothing() {
    agree();
    plant(Kind.CHARGE_MISSING);
    partner.beside(() -> execute("UPDATE ledger_comparison SET claim = gen_random_uuid()"));
    assertThatThrownBy(comparison::run).hasMessageContaining("taken");
    assertThat(found()).isEmpty();
  }

  @Test
  void anEmptyLedgerIsManyMissingCharges() {
    paid("CONFIRMED");
    paid("CONFIRMED");
    comparison.run();
    assertThat(differences(Kind.CHARGE_MISSING)).isEqualTo(2);
  }

  @Test
  void aPartnerWithoutALedgerIsAFailureOfItsOwn() {
    partner.beside(
        () -> {
          throw new PartnerLedger.MissingException();
        });
    assertThatThrownBy(comparison::run).hasMessageContaining("LEDGER_PAUSE=0s");
    assertThat(failures("no_ledger")).isEqualTo(1);
  }
}
