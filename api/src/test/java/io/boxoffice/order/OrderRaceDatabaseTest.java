package io.boxoffice.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.order.state.OrderEvent;
import io.boxoffice.order.store.Happening;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.ScriptedPartner;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * Sends pairs of events for one order to two replicas at the same time, many times. Negative
 * controls: without the lock of the order and the guard of its update, the same pairs do harm.
 */
class OrderRaceDatabaseTest {
  private static final int ROUNDS = 12;

  private static final String GUARD =
      "WHERE concert_id = ? AND id = ? AND state IN (?) AND changed_at = ?";

  /** Adds a pause between the decision and the write. */
  private static final String UNGUARDED =
      "FROM (SELECT pg_sleep(0.2)) AS pause WHERE concert_id = ? AND id = ? AND ? <> ''"
          + " AND CAST(? AS timestamptz) IS NOT NULL";

  private static final Map<String, String> WITHOUT_GUARD = Map.of(GUARD, UNGUARDED);

  /** Removes the lock too, which transactions take that change the stock. */
  private static final Map<String, String> WITHOUT_GUARDS =
      Map.of(
          GUARD,
          UNGUARDED,
          "WHERE concert_id = ? AND id = ? FOR UPDATE",
          "WHERE concert_id = ? AND id = ?");

  private static final String CONFIRMED_WITHOUT_PURCHASE =
      """
      SELECT count(*) FROM orders o WHERE o.state = 'CONFIRMED' AND NOT EXISTS (
        SELECT FROM purchases p WHERE p.id = o.id AND p.status = 'CONFIRMED')
      """;

  private final TestDatabase database = TestDatabase.migrated();
  private final Orders orders = new Orders(database);
  private final ScriptedPartner partner = new ScriptedPartner();

  private void race(
      Map<String, String> replacements,
      BiConsumer<Replica, UUID> prepare,
      BiConsumer<Replica, UUID> one,
      BiConsumer<Replica, UUID> other,
      int rounds)
      throws Exception {
    new OrderRace(database, partner, replacements).run(prepare, one, other, rounds);
  }

  private static void paid(Replica replica, UUID id) {
    replica.events.apply(id, Happening.pay("token"));
  }

  private static void cancel(Replica replica, UUID id) {
    replica.events.apply(id, Happening.of(OrderEvent.CANCEL));
  }

  private static void expire(Replica replica, UUID id) {
    replica.events.apply(id, Happening.of(OrderEvent.EXPIRE));
  }

  private static void charged(Replica replica, UUID id) {
    replica.payments.chargeSucceeded(id, "charge");
  }

  private void paidInThePast(Replica replica, UUID id) {
    paid(replica, id);
    orders.age(id, Duration.ofHours(1));
  }

  @Test
  void payAndCancel() throws Exception {
    race(
        Map.of(),
        (replica, id) -> {},
        OrderRaceDatabaseTest::paid,
        OrderRaceDatabaseTest::cancel,
        ROUNDS);
    assertThat(database.stockInvariantViolations()).isZero();
    assertThat(openPaymentsOf("CANCELLED")).isZero();
  }

  @Test
  void withoutTheGuardsACancelledOrderIsPaid() throws Exception {
    race(
        WITHOUT_GUARDS,
        (replica, id) -> {},
        OrderRaceDatabaseTest::paid,
        OrderRaceDatabaseTest::cancel,
        ROUNDS);
    assertThat(database.stockInvariantViolations() + openPaymentsOf("CANCELLED")).isPositive();
  }

  @Test
  void answerAndExpiry() throws Exception {
    race(
        Map.of(),
        this::paidInThePast,
        OrderRaceDatabaseTest::charged,
        OrderRaceDatabaseTest::expire,
        ROUNDS);
    assertThat(database.stockInvariantViolations()).isZero();
    assertThat(count("SELECT count(*) FROM orders WHERE state <> 'CONFIRMED'")).isZero();
  }

  @Test
  void withoutTheGuardsAnExpiredOrderIsSoldTwice() throws Exception {
    race(
        WITHOUT_GUARDS,
        this::paidInThePast,
        OrderRaceDatabaseTest::charged,
        OrderRaceDatabaseTest::expire,
        ROUNDS);
    assertThat(database.stockInvariantViolations()).isPositive();
  }

  @Test
  void twoTokensOpenOnePayment() throws Exception {
    race(
        Map.of(),
        (replica, id) -> {},
        (replica, id) -> pay(replica, id, "ok"),
        (replica, id) -> pay(replica, id, "slow"),
        ROUNDS);
    partner.answerSlow();
    assertThat(count("SELECT count(*) FROM order_changes WHERE event = 'PAY'")).isEqualTo(ROUNDS);
    assertThat(count("SELECT count(*) FROM payments")).isEqualTo(ROUNDS);
  }

  /** The primary key of payments rejects the second one. */
  @Test
  void withoutTheGuardsTheKeyOfPaymentsStillAllowsOne() throws Exception {
    race(
        WITHOUT_GUARD,
        (replica, id) -> {},
        (replica, id) -> pay(replica, id, "ok"),
        (replica, id) -> pay(replica, id, "slow"),
        ROUNDS);
    assertThat(count("SELECT count(*) FROM order_changes WHERE event = 'PAY'")).isEqualTo(ROUNDS);
  }

  @Test
  void payAndExpiry() throws Exception {
    race(
        Map.of(),
        (replica, id) -> orders.age(id, Duration.ofMinutes(10).minusMillis(15)),
        OrderRaceDatabaseTest::paid,
        this::sweepUntilExpired,
        4 * ROUNDS);
    assertThat(database.stockInvariantViolations()).isZero();
    assertThat(openPaymentsOf("EXPIRED")).isZero();
  }

  private void sweepUntilExpired(Replica replica, UUID id) {
    Eventually.within(
        Duration.ofSeconds(10),
        () -> {
          replica.sweeper.run();
          return !orders.state(id).equals("HELD");
        });
  }

  /** The sweeper returns the tickets while the payment waits between its decision and its write. */
  @Test
  void withoutTheGuardsAnExpiredHoldIsPaid() throws Exception {
    race(
        WITHOUT_GUARD,
        (replica, id) -> orders.age(id, Duration.ofMinutes(10).minusMillis(100)),
        OrderRaceDatabaseTest::paid,
        this::sweepUntilExpired,
        ROUNDS);
    assertThat(database.stockInvariantViolations()).isPositive();
  }

  private static void pay(Replica replica, UUID id, String token) {
    var unused = replica.paying.pay(id, Optional.empty(), token, Duration.ZERO);
  }

  private static void paidAndCharged(Replica replica, UUID id) {
    paid(replica, id);
    charged(replica, id);
  }

  @Test
  void refundAndCallback() throws Exception {
    race(
        Map.of(),
        OrderRaceDatabaseTest::paidAndCharged,
        (replica, id) -> replica.service.refund(id),
        OrderRaceDatabaseTest::charged,
        4 * ROUNDS);
    assertThat(database.stockInvariantViolations()).isZero();
    assertThat(count("SELECT count(*) FROM orders WHERE state = 'REFUNDING'"))
        .isEqualTo(4 * ROUNDS);
    assertThat(count(CONFIRMED_WITHOUT_PURCHASE)).isZero();
  }

  private void confirmUnguarded(UUID id) {
    if (List.of("PAYING", "CONFIRMED").contains(orders.state(id))) {
      execute("SELECT pg_sleep(0.2)");
      execute("UPDATE orders SET state = 'CONFIRMED' WHERE id = '" + id + "'");
    }
  }

  /**
   * A receiver of callbacks that reads the state, decides and writes, without lock or condition.
   */
  @Test
  void aCallbackThatOnlySetsTheStateUndoesARefund() throws Exception {
    race(
        Map.of(),
        OrderRaceDatabaseTest::paidAndCharged,
        (replica, id) -> replica.service.refund(id),
        (replica, id) -> confirmUnguarded(id),
        ROUNDS);
    assertThat(count(CONFIRMED_WITHOUT_PURCHASE)).isPositive();
  }

  @Test
  void twoRefundsReturnTheStockOnce() throws Exception {
    race(
        Map.of(),
        OrderRaceDatabaseTest::paidAndCharged,
        (replica, id) -> replica.service.refund(id),
        (replica, id) -> replica.service.refund(id),
        ROUNDS);
    assertThat(database.stockInvariantViolations()).isZero();
    assertThat(count("SELECT count(*) FROM order_changes WHERE event = 'REFUND'"))
        .isEqualTo(ROUNDS);
  }

  private void execute(String sql) {
    database.jdbi().useHandle(handle -> handle.execute(sql));
  }

  private int openPaymentsOf(String state) {
    return count(
        "SELECT count(*) FROM orders o JOIN payments y ON y.order_id = o.id WHERE o.state = '"
            + state
            + "'");
  }

  private int count(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }
}
