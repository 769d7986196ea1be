package io.boxoffice.cancellation;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.uuid.Generators;
import io.boxoffice.concert.ConcertService;
import io.boxoffice.order.Replica;
import io.boxoffice.purchase.PurchaseCancellations;
import io.boxoffice.purchase.desk.SalesMetrics;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.ScriptedPartner;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestOutbox;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;

/** Gives tests the parts of a cancellation on a real database, without HTTP. */
abstract class CancellationOnDatabase {
  static final int BATCH = 7;
  static final Duration LIMIT = Duration.ofSeconds(60);

  final TestDatabase database = TestDatabase.migrated();
  final Orders orders = new Orders(database);
  final ScriptedPartner partner = new ScriptedPartner();
  final Replica replica = new Replica(database, partner);
  final MetricRegistry metrics = new MetricRegistry();
  final PurchaseCancellations purchases =
      new PurchaseCancellations(
          new SalesMetrics(metrics, new CollectorRegistry()), concert -> {}, TestOutbox.create());
  final ConcertService concerts =
      new ConcertService(
          database.jdbi(),
          Clock.systemUTC(),
          Generators.timeBasedEpochGenerator(),
          TestOutbox.create());
  final CancellationService service =
      new CancellationService(
          database.jdbi(), concerts, replica.cancellations, purchases, concert -> {});

  @AfterEach
  void close() throws Exception {
    replica.close();
  }

  CancellationSweeper sweeper(Jdbi jdbi) {
    return new CancellationSweeper(jdbi, replica.cancellations, purchases, BATCH);
  }

  /** Sells one ticket to each of many buyers, as the desk does. */
  void buyMany(Orders.Type type, int count) {
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

  UUID paidOrder(Orders.Type type) {
    UUID id = orders.hold(type, 2, Duration.ofMinutes(10));
    replica.pay(id, "ok");
    Eventually.within(LIMIT, () -> orders.state(id).equals("CONFIRMED"));
    return id;
  }

  boolean isComplete(Orders.Type type) {
    return service.get(type.concertId()).completedAt() != null;
  }

  int count(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  void awaitCompletion(Orders.Type type) {
    Eventually.within(
        LIMIT,
        () -> {
          replica.reconcile();
          sweeper(database.jdbi()).run();
          return isComplete(type);
        });
  }
}
