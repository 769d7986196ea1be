package io.boxoffice.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.order.state.OrderEvent;
import io.boxoffice.order.store.Happening;
import io.boxoffice.order.store.OrderTransactions.Result;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.ScriptedPartner;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The order after an event is not read again, so it must be the one that is stored. */
class OrderResultDatabaseTest {
  private static final TestDatabase DATABASE = TestDatabase.migrated();
  private static final Replica REPLICA = new Replica(DATABASE, new ScriptedPartner());
  private static final Orders ORDERS = new Orders(DATABASE);
  private static final Happening PAY = Happening.pay("secret");
  private static final Happening CHARGED = Happening.chargeSucceeded("charge");
  private static final Happening DECLINED = Happening.chargeDeclined("charge", "card-declined");
  private static final Happening NOT_MADE = Happening.chargeNotMade("secret", false);
  private static final Happening EXPIRE = Happening.of(OrderEvent.EXPIRE);
  private static final Happening CANCEL = Happening.of(OrderEvent.CANCEL);
  private static final Happening REFUND = Happening.of(OrderEvent.REFUND);
  private static final Happening REFUNDED = Happening.of(OrderEvent.REFUNDED);

  @AfterAll
  static void close() throws InterruptedException {
    REPLICA.close();
  }

  static Stream<List<Happening>> lives() {
    return Stream.of(
        List.of(PAY, CHARGED, CHARGED, REFUND, REFUND, REFUNDED, REFUNDED),
        List.of(PAY, DECLINED, DECLINED, PAY, CANCEL),
        List.of(PAY, NOT_MADE, PAY, CHARGED),
        List.of(PAY, NOT_MADE, CANCEL, CANCEL, CHARGED),
        List.of(CANCEL, PAY, REFUND),
        List.of(PAY, EXPIRE, DECLINED, CHARGED, REFUND),
        List.of(PAY, EXPIRE, NOT_MADE, CHARGED, REFUND, REFUNDED),
        List.of(EXPIRE, EXPIRE, CHARGED));
  }

  @ParameterizedTest
  @MethodSource("lives")
  void theResultIsTheStoredOrder(List<Happening> life) {
    UUID id = ORDERS.hold(ORDERS.concert(4), 2, Duration.ofMinutes(10));
    for (Happening happening : life) {
      if (happening.equals(EXPIRE)) {
        ORDERS.age(id, Duration.ofHours(1));
      }
      Result result = REPLICA.events.apply(id, happening).orElseThrow();
      assertThat(Order.of(result.order()))
          .as(happening.event().name())
          .isEqualTo(REPLICA.service.get(id, Optional.empty()));
    }
  }

  /** The database's clock may be set back, and a hold has the time of its replica. */
  @Test
  void eachMoveHasALaterTime() {
    UUID id = ORDERS.hold(ORDERS.concert(4), 2, Duration.ofMinutes(10));
    Instant future = Instant.parse("2100-01-01T00:00:00Z");
    DATABASE
        .jdbi()
        .useHandle(
            handle -> handle.execute("UPDATE orders SET changed_at = ? WHERE id = ?", future, id));
    assertThat(REPLICA.events.apply(id, PAY).orElseThrow().order().changedAt())
        .isEqualTo(future.plusNanos(1_000));
    ORDERS.age(id, Duration.ofHours(1));
    REPLICA.sweep();
    assertThat(REPLICA.service.get(id, Optional.empty()).changedAt())
        .isEqualTo(future.minus(Duration.ofHours(1)).plusNanos(2_000));
  }
}
