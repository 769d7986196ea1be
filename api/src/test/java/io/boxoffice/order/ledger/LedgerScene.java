package io.boxoffice.order.ledger;

import io.boxoffice.order.ledger.Difference.Kind;
import io.boxoffice.order.payment.PartnerLedger.Entry;
import io.boxoffice.testing.LedgerPartner;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.TestDatabase;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A shop with orders on a real database, a ledger that a test writes, and their comparison. */
final class LedgerScene {
  static final Duration OLD = Duration.ofHours(1);
  static final Duration YOUNG = Duration.ofMinutes(5);
  static final LedgerSettings SETTINGS =
      new LedgerSettings(
          io.dropwizard.util.Duration.minutes(1),
          io.dropwizard.util.Duration.hours(1),
          io.dropwizard.util.Duration.minutes(15),
          io.dropwizard.util.Duration.days(35));

  final TestDatabase database = TestDatabase.migrated();
  final Orders orders = new Orders(database);
  final Orders.Type type = orders.concert(100);
  final LedgerPartner partner = new LedgerPartner(2);
  private final CollectorRegistry prometheus = new CollectorRegistry();
  final LedgerComparison comparison =
      new LedgerComparison(database.jdbi(), partner, SETTINGS, new LedgerMetrics(prometheus));
  private final StoredDifferences stored = new StoredDifferences(database.jdbi());

  /** Executes SQL on the shop's database. */
  void execute(String sql, Object... parameters) {
    database.jdbi().useHandle(handle -> handle.execute(sql, parameters));
  }

  /** Inserts an order whose money the shop has or had, an hour ago. */
  UUID paid(String state) {
    UUID id = orders.paid(type, "token");
    execute("UPDATE payments SET charge_id = ? WHERE order_id = ?", "c-" + id, id);
    execute("UPDATE orders SET state = ? WHERE id = ?", state, id);
    orders.age(id, OLD);
    return id;
  }

  /** The charge of an order as it must be. */
  static Entry charge(UUID order, Duration age) {
    return new Entry("c-" + order, order, 4500, "EUR", true, false, Instant.now().minus(age));
  }

  /** The charge, given back. */
  static Entry refunded(Entry entry) {
    return new Entry(
        entry.id(), entry.orderId(), entry.amount(), "EUR", true, true, entry.createdAt());
  }

  /** Lets the next run begin at once. */
  void compare(boolean full) {
    execute(
        "UPDATE ledger_comparison SET attempted_at = NULL, has_full = has_full AND NOT ?", full);
    comparison.run();
  }

  /** The stored differences: kind and order. */
  List<String> found() {
    return stored.oldest(100).stream().map(row -> row.kind() + " " + row.orderId()).toList();
  }

  double differences(Kind kind) {
    return prometheus.getSampleValue(
        "ledger_differences", new String[] {"kind"}, new String[] {kind.label()});
  }

  double moreAtThePartner() {
    return prometheus.getSampleValue(
        "ledger_difference_minor_units", new String[] {"currency"}, new String[] {"EUR"});
  }

  double failures(String cause) {
    return prometheus.getSampleValue(
        "ledger_comparison_failures_total", new String[] {"cause"}, new String[] {cause});
  }

  Instant comparedAt() {
    return database
        .jdbi()
        .withExtension(LedgerDao.class, LedgerDao::progress)
        .orElseThrow()
        .comparedAt();
  }

  /** Each order has what it must have at the partner; three pages. */
  UUID agree() {
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
  UUID plant(Kind kind) {
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
}
