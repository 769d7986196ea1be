package io.boxoffice.cancellation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.order.Replica;
import io.boxoffice.testing.Orders;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Checks what becomes of orders that are paid or charged around the cancellation. */
class CancellationPaymentDatabaseTest extends CancellationOnDatabase {
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
  void anOrderThatIsBeingPaidWaitsForThePartner() {
    Orders.Type type = orders.concert(10);
    UUID id = orders.hold(type, 1, Duration.ofMinutes(10));
    replica.pay(id, "slow");
    service.cancel(type.concertId(), null);
    sweeper(database.jdbi()).run();
    assertThat(orders.state(id)).isEqualTo("PAYING");
    assertThat(isComplete(type)).isFalse();

    partner.answerSlow();
    awaitCompletion(type);
    assertThat(orders.state(id)).isEqualTo("REFUNDED");
  }

  @Test
  void aChargeThatWasNotMadeEndsTheOrder() {
    Orders.Type type = orders.concert(10);
    UUID id = orders.hold(type, 1, Duration.ofMinutes(10));
    replica.pay(id, "slow");
    service.cancel(type.concertId(), null);
    replica.chargeNotMade(id, "slow");
    assertThat(orders.state(id)).isEqualTo("CANCELLED");
    assertThat(orders.available(type)).isEqualTo(10);
    sweeper(database.jdbi()).run();
    assertThat(isComplete(type)).isTrue();
  }

  /** Its transaction may have read the concert before the cancellation. */
  @Test
  void anOrderThatReturnsToHeldAfterThePassIsCancelled() {
    Orders.Type type = orders.concert(10);
    UUID id = orders.hold(type, 1, Duration.ofMinutes(10));
    replica.pay(id, "slow");
    service.cancel(type.concertId(), null);
    sweeper(database.jdbi()).run();
    database
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute("DELETE FROM payments WHERE order_id = ?", id);
              handle.execute("UPDATE orders SET state = 'HELD' WHERE id = ?", id);
            });
    sweeper(database.jdbi()).run();
    assertThat(orders.state(id)).isEqualTo("CANCELLED");
    assertThat(isComplete(type)).isTrue();
    assertThat(database.stockInvariantViolations()).isZero();
  }

  @Test
  void aLateChargeOfAnExpiredOrderIsRefunded() {
    Orders.Type type = orders.concert(10);
    UUID id = orders.hold(type, 1, Duration.ofMinutes(10));
    replica.pay(id, "lost");
    orders.age(id, Duration.ofHours(1));
    replica.sweep();
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
