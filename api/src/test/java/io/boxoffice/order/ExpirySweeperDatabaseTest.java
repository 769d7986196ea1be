package io.boxoffice.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.order.state.Circumstances;
import io.boxoffice.order.state.Decision;
import io.boxoffice.order.state.Lifecycle;
import io.boxoffice.order.state.OrderEvent;
import io.boxoffice.order.state.OrderState;
import io.boxoffice.order.store.Happening;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.ScriptedPartner;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks which orders expire, and that their tickets are on sale again once. */
class ExpirySweeperDatabaseTest {
  private TestDatabase database;
  private Orders orders;
  private Orders.Type type;
  private Replica replica;

  @BeforeEach
  void open() {
    database = TestDatabase.migrated();
    orders = new Orders(database);
    type = orders.concert(2_000);
    replica = new Replica(database, new ScriptedPartner());
  }

  @AfterEach
  void close() throws InterruptedException {
    assertThat(database.stockInvariantViolations()).isZero();
    replica.close();
  }

  private UUID aged(Duration age) {
    UUID id = orders.hold(type, 1, Duration.ofMinutes(10));
    orders.age(id, age);
    return id;
  }

  @Test
  void aHoldExpiresAtItsTimeAndNotBefore() {
    UUID young = aged(Duration.ofMinutes(9));
    UUID old = aged(Duration.ofMinutes(11));
    replica.sweeper.run();
    assertThat(orders.state(young)).isEqualTo("HELD");
    assertThat(orders.state(old)).isEqualTo("EXPIRED");
    assertThat(orders.available(type)).isEqualTo(1_999);
    assertThat(orders.history(old)).containsExactly("EXPIRE HELD EXPIRED");
  }

  @Test
  void aPaymentHasSomeTimeMore() {
    UUID waiting = orders.hold(type, 1, Duration.ofMinutes(10));
    UUID late = orders.hold(type, 1, Duration.ofMinutes(10));
    for (UUID id : List.of(waiting, late)) {
      replica.events.apply(id, Happening.pay("silent"));
    }
    orders.age(waiting, Duration.ofMinutes(14));
    orders.age(late, Duration.ofMinutes(16));
    replica.sweeper.run();
    assertThat(orders.state(waiting)).isEqualTo("PAYING");
    assertThat(orders.state(late)).isEqualTo("EXPIRED");
    assertThat(
            orders.text(
                "SELECT next_attempt_at IS NOT NULL FROM payments WHERE order_id = ?", late))
        .isEqualTo("t");
  }

  /** The sweeper is a statement of its own, so it could differ from the function. */
  @Test
  void theSweeperDoesWhatTheLifecycleDecides() {
    for (OrderState state : OrderState.values()) {
      for (boolean due : List.of(false, true)) {
        UUID id = in(state);
        if (due) {
          orders.age(id, Duration.ofHours(1));
        }
        replica.sweeper.run();
        Decision decision =
            Lifecycle.decide(
                state, OrderEvent.EXPIRE, new Circumstances(due, false, false, false, false));
        assertThat(orders.state(id))
            .as("%s, due: %s", state, due)
            .isEqualTo(decision instanceof Decision.Move move ? move.to().name() : state.name());
      }
    }
    assertThat(orders.available(type)).isEqualTo(1_998);
  }

  private UUID in(OrderState state) {
    return switch (state) {
      case HELD -> orders.hold(type, 1, Duration.ofMinutes(10));
      case PAYING -> {
        UUID id = orders.hold(type, 1, Duration.ofMinutes(10));
        replica.events.apply(id, Happening.pay("silent"));
        yield id;
      }
      case CONFIRMED, DECLINED, EXPIRED, CANCELLED, REFUNDING, REFUNDED ->
          orders.ended(type, state.name());
    };
  }

  @Test
  void oneRunExpiresMoreThanOneBatchOfSeveralTypes() {
    Orders.Type other = orders.concert(600);
    orders.holdMany(type, 400);
    orders.holdMany(other, 400);
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE orders SET created_at = created_at - interval '1 hour',"
                        + " expires_at = expires_at - interval '1 hour'"));
    replica.sweeper.run();
    assertThat(orders.available(type)).isEqualTo(2_000);
    assertThat(orders.available(other)).isEqualTo(600);
  }

  @Test
  void aReplicaThatDoesNotLeadExpiresNothing() {
    UUID old = aged(Duration.ofMinutes(11));
    database
        .jdbi()
        .useTransaction(
            leader -> {
              leader.execute("SELECT pg_advisory_xact_lock(?)", 0x626f_0001L);
              replica.sweeper.run();
              assertThat(orders.state(old)).isEqualTo("HELD");
            });
    replica.sweeper.run();
    assertThat(orders.state(old)).isEqualTo("EXPIRED");
  }
}
