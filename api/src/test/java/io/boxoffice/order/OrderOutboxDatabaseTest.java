package io.boxoffice.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.order.store.Happening;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.ScriptedPartner;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks that each move of an order writes its event, once and in the order of the moves. */
class OrderOutboxDatabaseTest {
  private static final TestDatabase DATABASE = TestDatabase.migrated();
  private static final Replica REPLICA = new Replica(DATABASE, new ScriptedPartner());
  private static final Orders ORDERS = new Orders(DATABASE);

  private Orders.Type type;
  private UUID id;

  @BeforeEach
  void hold() {
    type = ORDERS.concert(4);
    id = ORDERS.hold(type, 2, Duration.ofMinutes(10));
  }

  @AfterAll
  static void close() throws InterruptedException {
    REPLICA.close();
  }

  private static List<String> events(UUID id) {
    return DATABASE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT concat_ws(' ', b.type, b.data ->> 'quantity', b.time = h.changed_at)
                        FROM outbox b LEFT JOIN order_changes h
                          ON h.order_id = b.subject AND h.concert_id = b.key
                          AND b.type = 'order.' || lower(h.to_state)
                        WHERE b.subject = ? ORDER BY b.position
                        """)
                    .bind(0, id)
                    .mapTo(String.class)
                    .list());
  }

  @Test
  void aConfirmedOrderThatIsRefunded() {
    REPLICA.events.apply(id, Happening.pay("secret"));
    assertThat(events(id)).containsExactly("order.paying 2");
    REPLICA.payments.chargeSucceeded(id, "charge-1");
    REPLICA.payments.chargeSucceeded(id, "charge-1");
    assertThat(events(id)).containsExactly("order.paying 2", "order.confirmed 2 t");
    REPLICA.service.refund(id);
    REPLICA.reconciler.run();
    assertThat(ORDERS.state(id)).isIn("REFUNDING", "REFUNDED");
  }

  @Test
  void aDeclinedOrder() {
    REPLICA.events.apply(id, Happening.pay("secret"));
    REPLICA.events.apply(id, Happening.chargeDeclined("charge-1", "no money"));
    REPLICA.events.apply(id, Happening.chargeDeclined("charge-1", "no money"));
    assertThat(events(id)).containsExactly("order.paying 2", "order.declined 2 t");
  }

  @Test
  void ordersThatExpireTogether() {
    UUID other = ORDERS.hold(type, 1, Duration.ofMinutes(10));
    ORDERS.age(id, Duration.ofHours(1));
    ORDERS.age(other, Duration.ofHours(1));
    REPLICA.sweeper.run();
    REPLICA.sweeper.run();
    assertThat(events(id)).containsExactly("order.expired 2 t");
    assertThat(events(other)).containsExactly("order.expired 1 t");
    assertThat(
            ORDERS.text(
                "SELECT count(DISTINCT id) FROM outbox WHERE subject = ANY (ARRAY[?, CAST('%s' AS uuid)])"
                    .formatted(other),
                id))
        .isEqualTo("2");
  }
}
