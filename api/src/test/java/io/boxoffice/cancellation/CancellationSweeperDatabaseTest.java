package io.boxoffice.cancellation;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.InterceptedSql;
import io.boxoffice.testing.Orders;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Checks the batches, stops in the middle, and several replicas. */
class CancellationSweeperDatabaseTest extends CancellationOnDatabase {
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
    assertThat(
            count(
                "SELECT max(n) FROM (SELECT count(*) AS n FROM order_changes"
                    + " GROUP BY xmin::text) x"))
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
}
