package io.boxoffice.cancellation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.uuid.Generators;
import io.boxoffice.concert.ConcertService;
import io.boxoffice.order.Replica;
import io.boxoffice.purchase.PurchaseCancellations;
import io.boxoffice.purchase.desk.SalesMetrics;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.InterceptedSql;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.ScriptedPartner;
import io.boxoffice.testing.TestDatabase;
import io.prometheus.client.CollectorRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks the batches, stops in the middle, several replicas, and races with payments. */
class CancellationSweeperDatabaseTest {
  private static final int BATCH = 7;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final TestDatabase database = TestDatabase.migrated();
  private final Orders orders = new Orders(database);
  private final ScriptedPartner partner = new ScriptedPartner();
  private final Replica replica = new Replica(database, partner);
  private final MetricRegistry metrics = new MetricRegistry();
  private final PurchaseCancellations purchases =
      new PurchaseCancellations(new SalesMetrics(metrics, new CollectorRegistry()), concert -> {});
  private final ConcertService concerts =
      new ConcertService(database.jdbi(), Clock.systemUTC(), Generators.timeBasedEpochGenerator());
  private final CancellationService service =
      new CancellationService(
          database.jdbi(), concerts, replica.cancellations, purchases, concert -> {});

  @AfterEach
  void close() throws Exception {
    replica.close();
  }

  private CancellationSweeper sweeper(Jdbi jdbi) {
    return new CancellationSweeper(jdbi, replica.cancellations, purchases, BATCH);
  }

  /** Sells one ticket to each of many buyers, as the desk does. */
  private void buyMany(Orders.Type type, int count) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute(
                  "UPDATE ticket_types SET available = available - ? WHERE id = ?",
                  count,
                  type.id());
              handle.execute(
                  "WITH sold AS (INSERT INTO purchases (id, concert_id, ticket_type_id, email,"
                      + " quantity, status, created_at) SELECT gen_random_uuid(), ?, ?,"
                      + " 'ada@example.com', 1, 'CONFIRMED', now() FROM generate_series(1, ?)"
                      + " RETURNING id, concert_id) INSERT INTO tickets (id, purchase_id,"
                      + " concert_id) SELECT gen_random_uuid(), id, concert_id FROM sold",
                  type.concertId(),
                  type.id(),
                  count);
            });
  }

  private UUID paidOrder(Orders.Type type) {
    UUID id = orders.hold(type, 2, Duration.ofMinutes(10));
    replica.pay(id, "ok");
    Eventually.within(LIMIT, () -> orders.state(id).equals("CONFIRMED"));
    return id;
  }

  private boolean isComplete(Orders.Type type) {
    return service.get(type.concertId()).completedAt() != null;
  }

  private int count(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  @Test
  void eachTransactionGivesBackOneBatch() {
    Orders.Type type = orders.concert(1_000);
    orders.holdMany(type, 100);
    buyMany(type, 100);
    Orders.Type other = orders.concert(10);
    UUID elsewhere = orders.hold(other, 1, Duration.ofMinutes(10));
    buyMany(other, 1);
    service.cancel(type.concertId(), null);
    CancellationSweeper sweeper = sweeper(database.jdbi());
    assertThat(sweeper.countLeft()).isEqualTo(200);

    sweeper.run();
    assertThat(isComplete(type)).isTrue();
    assertThat(sweeper.countLeft()).isZero();
    assertThat(orders.available(type)).isEqualTo(1_000);
    // All of one transaction have its time.
    assertThat(
            count(
                "SELECT max(n) FROM (SELECT count(*) AS n FROM order_changes GROUP BY changed_at) x"))
        .isEqualTo(BATCH);
    assertThat(
            count(
                "SELECT max(n) FROM (SELECT count(*) AS n FROM purchases WHERE status = 'CANCELLED'"
                    + " GROUP BY xmin::text) x"))
        .isEqualTo(BATCH);
    assertThat(metrics.meter("tickets.returned").getCount()).isEqualTo(100);
    assertThat(orders.state(elsewhere)).isEqualTo("HELD");
    assertThat(orders.available(other)).isEqualTo(8);
    assertThat(database.stockInvariantViolations()).isZero();
  }

  /** Each run ends with a lost connection at another statement, and the next one continues. */
  @Test
  void aStopAnywhereLosesAndRepeatsNothing() {
    Orders.Type type = orders.concert(1_000);
    orders.holdMany(type, 20);
    buyMany(type, 20);
    UUID paid = paidOrder(type);
    service.cancel(type.concertId(), null);
    int stops = 0;
    for (int statements = 1; !isSwept(type); statements++) {
      try {
        sweeper(stoppingAfter(statements)).run();
      } catch (RuntimeException stopped) {
        stops++;
      }
    }
    assertThat(stops).isGreaterThan(5);
    assertThat(orders.available(type)).isEqualTo(1_000);
    assertThat(count("SELECT count(*) FROM order_changes WHERE event = 'CONCERT_CANCELLED'"))
        .isEqualTo(21);
    assertThat(orders.state(paid)).isEqualTo("REFUNDING");
    assertThat(database.stockInvariantViolations()).isZero();

    awaitCompletion(type);
    assertThat(partner.hasMoney(paid)).isFalse();
  }

  private boolean isSwept(Orders.Type type) {
    return orders
        .text(
            "SELECT swept_at IS NOT NULL FROM concert_cancellations WHERE concert_id = ?",
            type.concertId())
        .equals("t");
  }

  private Jdbi stoppingAfter(int statements) {
    AtomicInteger run = new AtomicInteger();
    return database
        .jdbi()
        .installPlugin(
            new InterceptedSql() {
              @Override
              protected void before(String sql) throws SQLException {
                if (run.incrementAndGet() > statements) {
                  throw new SQLException("the replica stops here", "08006");
                }
              }
            });
  }

  private void awaitCompletion(Orders.Type type) {
    Eventually.within(
        LIMIT,
        () -> {
          replica.reconcile();
          sweeper(database.jdbi()).run();
          return isComplete(type);
        });
  }

  @Test
  void replicasShareTheWork() {
    assertThat(ticketsReturnedByTwo(Map.of())).isEqualTo(200);
    assertThat(database.stockInvariantViolations()).isZero();
  }

  /** The row locks of purchases and the state that their update names are guards too. */
  @Test
  void withoutTheLocksTheStockReturnsTwice() {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute("ALTER TABLE ticket_types DROP CONSTRAINT ticket_types_stock"));
    assertThat(
            ticketsReturnedByTwo(
                Map.of(
                    "FOR UPDATE SKIP LOCKED", "",
                    "ORDER BY id FOR NO KEY UPDATE", "ORDER BY id",
                    "ORDER BY id LIMIT ? FOR UPDATE\n), cancelled AS (",
                        "ORDER BY id LIMIT ?\n), pause AS (SELECT pg_sleep(0.1)), cancelled AS (",
                    "FROM next WHERE p.id = next.id AND p.status = 'CONFIRMED'",
                        "FROM next, pause WHERE p.id = next.id")))
        .isGreaterThan(200);
    assertThat(database.stockInvariantViolations()).isPositive();
  }

  /** Two replicas sweep one concert at the same time. */
  private long ticketsReturnedByTwo(Map<String, String> replacements) {
    Orders.Type type = orders.concert(1_000);
    buyMany(type, 200);
    service.cancel(type.concertId(), null);
    List<CompletableFuture<Void>> sweeps =
        List.of(sweeper(rewritten(replacements)), sweeper(rewritten(replacements))).stream()
            .map(
                sweeper ->
                    CompletableFuture.runAsync(sweeper::run, task -> new Thread(task).start()))
            .toList();
    sweeps.forEach(CompletableFuture::join);
    Eventually.within(
        LIMIT,
        () -> {
          sweeper(database.jdbi()).run();
          return isComplete(type);
        });
    return metrics.meter("tickets.returned").getCount();
  }

  private Jdbi rewritten(Map<String, String> replacements) {
    return database
        .jdbi()
        .installPlugin(
            new InterceptedSql() {
              @Override
              protected String rewrite(String sql) {
                String rewritten = sql;
                for (Map.Entry<String, String> replacement : replacements.entrySet()) {
                  rewritten = rewritten.replace(replacement.getKey(), replacement.getValue());
                }
                return rewritten;
              }
            });
  }

  @Test
  void aHeldOrderOfACancelledConcertCannotBePaid() {
    Orders.Type type = orders.concert(10);
    UUID id = orders.hold(type, 1, Duration.ofMinutes(10));
    service.cancel(type.concertId(), null);
    assertThatThrownBy(() -> replica.pay(id, "ok")).hasMessageContaining("HELD");
    assertThat(orders.state(id)).isEqualTo("HELD");
    assertThat(partner.timesAsked(id)).isZero();
  }

  @Test
  void aPaymentThatWasNotAskedForEndsTheOrder() {
    Orders.Type type = orders.concert(10);
    UUID id = orders.hold(type, 1, Duration.ofMinutes(10));
    replica.pay(id, "slow");
    service.cancel(type.concertId(), null);
    sweeper(database.jdbi()).run();
    assertThat(orders.state(id)).isEqualTo("PAYING");
    partner.setAway(true);
    assertThat(isComplete(type)).isFalse();

    partner.setAway(false);
    partner.answerSlow();
    awaitCompletion(type);
    assertThat(orders.state(id)).isEqualTo("REFUNDED");
  }

  @Test
  void aLateChargeOfAnExpiredOrderIsRefunded() {
    Orders.Type type = orders.concert(10);
    UUID id = orders.hold(type, 1, Duration.ofMinutes(10));
    replica.pay(id, "lost");
    orders.age(id, Duration.ofHours(1));
    replica.expire();
    assertThat(orders.state(id)).isEqualTo("EXPIRED");
    service.cancel(type.concertId(), null);
    sweeper(database.jdbi()).run();
    assertThat(isComplete(type)).as("the partner may have the money").isFalse();

    orders.makeDue(id);
    awaitCompletion(type);
    assertThat(orders.state(id)).isEqualTo("REFUNDED");
    assertThat(partner.hasMoney(id)).isFalse();
    assertThat(orders.available(type)).isEqualTo(10);
  }

  /** The confirmation waits for the lock of the cancellation, and then sells nothing. */
  @Test
  void aChargeDuringTheCancellationIsRefunded() {
    UUID id = chargedDuringTheCancellation(replica);
    assertThat(orders.history(id))
        .containsExactly("PAY HELD PAYING", "CHARGE_SUCCEEDED PAYING REFUNDING");
    assertThat(count("SELECT count(*) FROM purchases")).isZero();
  }

  @Test
  void withoutTheGuardAChargeDuringTheCancellationSells() throws Exception {
    try (Replica unguarded =
        new Replica(database, partner, Map.of(" AND cancelled_at IS NULL", ""))) {
      UUID id = chargedDuringTheCancellation(unguarded);
      assertThat(unguarded.neverFound()).isEmpty();
      assertThat(orders.history(id)).contains("CHARGE_SUCCEEDED PAYING CONFIRMED");
      assertThat(count("SELECT count(*) FROM purchases")).isEqualTo(1);
    }
  }

  private UUID chargedDuringTheCancellation(Replica charging) {
    Orders.Type type = orders.concert(10);
    UUID id = orders.hold(type, 2, Duration.ofMinutes(10));
    replica.pay(id, "slow");
    CompletableFuture<Void> charge =
        database
            .jdbi()
            .inTransaction(
                operator -> {
                  concerts.cancel(operator, type.concertId());
                  operator.execute(
                      "INSERT INTO concert_cancellations (concert_id) VALUES (?)",
                      type.concertId());
                  CompletableFuture<Void> waiting =
                      CompletableFuture.runAsync(() -> charging.charged(id));
                  database.awaitLockWaiters(1);
                  return waiting;
                });
    charge.join();
    return id;
  }
}
