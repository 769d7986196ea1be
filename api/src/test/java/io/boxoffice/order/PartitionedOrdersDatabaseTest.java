package io.boxoffice.order;

import static io.boxoffice.testing.PartitionedTables.distribute;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.order.state.OrderEvent;
import io.boxoffice.order.store.Happening;
import io.boxoffice.order.store.PaymentDao;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.PartitionedTables;
import io.boxoffice.testing.ScriptedPartner;
import io.boxoffice.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.junit.jupiter.api.Test;

/**
 * Distributes the tables of orders over partitions by a hash of the concert, and counts the
 * partitions that each statement of an order's life touches. Each statement runs so often that
 * PostgreSQL keeps its plan.
 */
class PartitionedOrdersDatabaseTest {
  /** The driver keeps a statement after 5 runs, and PostgreSQL its plan after 5 more. */
  private static final int LIVES = 14;

  /** Those of one order's life: every statement that is not named below. */
  private static final int HOT_STATEMENTS = 16;

  /** ADR 41 names them: the first look at an order, of which only the id is known. */
  private static boolean isById(String sql) {
    return sql.strip().endsWith("WHERE o.id = ?");
  }

  /** The search for work of all concerts, and batches, whose kept plan leaves no partition out. */
  private static boolean isOfAllConcerts(String sql) {
    return sql.contains("ORDER BY expires_at LIMIT") || sql.contains("concert_id = ANY (?)");
  }

  private final TestDatabase database = TestDatabase.migrated();
  private final PartitionedTables partitions = new PartitionedTables();

  private static void distributeAll(Jdbi jdbi) {
    jdbi.useTransaction(
        handle -> {
          distribute(handle, "concerts", "id", "PRIMARY KEY (id)");
          distribute(handle, "ticket_types", "concert_id", "PRIMARY KEY (concert_id, id)");
          distribute(handle, "tickets", "concert_id", "PRIMARY KEY (concert_id, id)");
          distribute(handle, "purchases", "concert_id", "PRIMARY KEY (concert_id, id)");
          distribute(handle, "orders", "concert_id", "PRIMARY KEY (concert_id, id)");
          distribute(handle, "payments", "concert_id", "PRIMARY KEY (concert_id, order_id)");
          distribute(handle, "order_changes", "concert_id", "");
        });
  }

  @Test
  void eachHotStatementOfAnOrderTouchesOnePartitionOfEachTable() throws Exception {
    distributeAll(database.jdbi());
    // One connection, because the driver counts the runs of a statement for each.
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Replica replica = new Replica(watched(connection), new ScriptedPartner())) {
      Orders orders = new Orders(database);
      for (int life = 0; life < LIVES; life++) {
        Orders.Type type = orders.concert(20);
        pay(replica, orders, type);
        goWrong(replica, orders, type);
        watched(connection)
            .useTransaction(
                handle ->
                    handle
                        .attach(PaymentDao.class)
                        .askSoon(type.concertId(), UUID.randomUUID(), Duration.ofSeconds(1)));
      }
    }
    Map<String, Integer> touched = new TreeMap<>(partitions.mostTouched());
    touched.keySet().removeIf(sql -> sql.contains("advisory") || isOfAllConcerts(sql));
    Map<String, Integer> byId = new TreeMap<>(touched);
    byId.keySet().removeIf(sql -> !isById(sql));
    assertThat(byId).hasSize(1).containsValue(PartitionedTables.PARTITIONS);
    touched.keySet().removeIf(PartitionedOrdersDatabaseTest::isById);
    assertThat(touched).hasSize(HOT_STATEMENTS);
    assertThat(touched).allSatisfy((sql, most) -> assertThat(most).as(sql).isEqualTo(1));
  }

  private Jdbi watched(Connection connection) {
    return Jdbi.create(connection)
        .installPlugin(new PostgresPlugin())
        .installPlugin(new SqlObjectPlugin())
        .installPlugin(partitions);
  }

  /** Pay, charge, refund; and a charge that comes after the expiry. */
  private static void pay(Replica replica, Orders orders, Orders.Type type) {
    UUID paid = orders.hold(type, 2, Duration.ofMinutes(10));
    replica.events.apply(paid, Happening.pay("token"));
    replica.payments.chargeSucceeded(paid, "charge");
    replica.service.refund(paid);
    replica.payments.refunded(paid);
    UUID late = orders.hold(type, 2, Duration.ofMinutes(10));
    replica.events.apply(late, Happening.pay("token"));
    orders.age(late, Duration.ofHours(1));
    replica.sweep();
    replica.payments.chargeSucceeded(late, "charge");
    assertThat(orders.state(paid) + orders.state(late)).isEqualTo("REFUNDEDCONFIRMED");
  }

  private static void goWrong(Replica replica, Orders orders, Orders.Type type) {
    UUID declined = orders.hold(type, 2, Duration.ofMinutes(10));
    replica.events.apply(declined, Happening.pay("token"));
    replica.payments.chargeDeclined(declined, "charge", null);
    UUID cancelled = orders.hold(type, 2, Duration.ofMinutes(10));
    replica.events.apply(cancelled, Happening.pay("token"));
    replica.events.apply(cancelled, Happening.chargeNotMade("token", false));
    replica.events.apply(cancelled, Happening.of(OrderEvent.CANCEL));
    assertThat(orders.state(declined) + orders.state(cancelled)).isEqualTo("DECLINEDCANCELLED");
    assertThat(replica.service.get(declined, Optional.empty()).quantity()).isEqualTo(2);
  }
}
