package io.boxoffice.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.order.state.OrderEvent;
import io.boxoffice.order.store.Happening;
import io.boxoffice.order.store.OldOrders;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.ScriptedPartner;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Checks which orders and which history are deleted, and which money keeps its order. */
class OldOrdersDatabaseTest {
  private static final Duration RETENTION = Duration.ofDays(30);
  private static final Duration OLD = Duration.ofDays(31);

  private final TestDatabase database = TestDatabase.migrated();
  private final Orders orders = new Orders(database);
  private final OldOrders deletion = new OldOrders(database.jdbi(), RETENTION, Duration.ofDays(90));
  private final Orders.Type type = orders.concert(10);

  private List<UUID> left() {
    return database
        .jdbi()
        .withHandle(handle -> handle.createQuery("SELECT id FROM orders").mapTo(UUID.class).list());
  }

  @Test
  void ordersThatEndedWithoutTicketsAreDeleted() {
    for (String state : List.of("DECLINED", "EXPIRED", "CANCELLED", "REFUNDED")) {
      orders.age(orders.ended(type, state), OLD);
    }
    UUID young = orders.ended(type, "CANCELLED");
    orders.age(young, Duration.ofDays(29));
    UUID confirmed = orders.paid(type, "token");
    orders.age(confirmed, OLD);
    UUID refunding = orders.ended(type, "REFUNDING");
    orders.age(refunding, OLD);

    deletion.delete();
    assertThat(left()).containsExactlyInAnyOrder(young, confirmed, refunding);
  }

  @Test
  void anOrderWhosePaymentHasNoAnswerStays() throws InterruptedException {
    UUID id = orders.hold(type, 1, Duration.ofMinutes(10));
    try (Replica replica = new Replica(database, new ScriptedPartner())) {
      replica.events.apply(id, Happening.pay("token"));
      orders.age(id, Duration.ofHours(1));
      replica.sweeper.run();
      orders.age(id, OLD);
      deletion.delete();
      assertThat(left()).containsExactly(id);

      replica.payments.chargeDeclined(id, "charge", null);
      deletion.delete();
      assertThat(left()).isEmpty();
    }
  }

  @Test
  void oldHistoryIsDeleted() throws InterruptedException {
    UUID id = orders.hold(type, 1, Duration.ofMinutes(10));
    try (Replica replica = new Replica(database, new ScriptedPartner())) {
      replica.events.apply(id, Happening.of(OrderEvent.CANCEL));
    }
    deletion.delete();
    assertThat(orders.history(id)).hasSize(1);
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE order_changes SET changed_at = changed_at - interval '91 days'"));
    deletion.delete();
    assertThat(orders.history(id)).isEmpty();
  }
}
