package io.boxoffice.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.uuid.Generators;
import io.boxoffice.concert.Concert;
import io.boxoffice.concert.ConcertService;
import io.boxoffice.concert.NewConcert;
import io.boxoffice.concert.Price;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import io.dropwizard.util.Duration;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A sales desk on a real database, with a concert of two ticket types of a hundred each. */
abstract class DeskOnDatabase {
  private static final SalesDeskSettings SETTINGS =
      new SalesDeskSettings(2, 64, 50, 80, Duration.seconds(2), Duration.milliseconds(300));

  final TestDatabase database = TestDatabase.migrated();
  final CollectorRegistry prometheus = new CollectorRegistry();
  private final ExecutorService buyers = Executors.newCachedThreadPool();
  BatchingSalesDesk desk;
  Concert concert;

  @BeforeEach
  void putUpAConcert() {
    concert =
        new ConcertService(database.jdbi(), Clock.systemUTC(), Generators.timeBasedEpochGenerator())
            .create(
                new NewConcert(
                    "t",
                    "a",
                    "v",
                    Instant.parse("2040-01-01T00:00:00Z"),
                    null,
                    null,
                    null,
                    List.of(
                        new NewConcert.NewTicketType("Standing", new Price(1L, "EUR"), 100),
                        new NewConcert.NewTicketType("Seated", new Price(1L, "EUR"), 100))));
  }

  @AfterEach
  void close() throws Exception {
    desk.stop();
    buyers.shutdownNow();
    assertThat(database.stockInvariantViolations()).isZero();
  }

  void open(UnaryOperator<Jdbi> change) {
    Jdbi jdbi = change.apply(database.jdbi());
    desk =
        new BatchingSalesDesk(
            new SaleTransaction(
                jdbi, Clock.systemUTC(), Generators.timeBasedEpochRandomGenerator()),
            new TicketTypeCatalogue(database.jdbi()),
            SETTINGS,
            new SalesMetrics(new MetricRegistry(), prometheus));
    desk.start();
  }

  /** A batch is counted when it is settled, of which a buyer may hear a moment before. */
  void awaitSettled(int requests) {
    Eventually.within(
        java.time.Duration.ofSeconds(5),
        () -> prometheus.getSampleValue("sales_desk_batch_size_sum") == requests);
  }

  /** A purchase whose batch waits until the holder lets go of the stock, so that others gather. */
  CompletableFuture<Verdict> buyWhileStockIsHeld(Handle holder) {
    holder.begin();
    holder.execute("SELECT * FROM ticket_types FOR UPDATE");
    CompletableFuture<Verdict> waiting = buyOnAThread(0);
    database.awaitLockWaiters(1);
    return waiting;
  }

  /** For a buyer who settles a batch himself, and so may wait. */
  CompletableFuture<Verdict> buyOnAThread(int type) {
    return CompletableFuture.supplyAsync(() -> buy(type, null, 1).join(), buyers);
  }

  CompletableFuture<Verdict> buy(String key, int quantity) {
    return buy(0, key, quantity);
  }

  CompletableFuture<Verdict> buy(int type, String key, int quantity) {
    return desk.submit(
            new PurchaseRequest(
                concert.id(),
                concert.ticketTypes().get(type).id(),
                "ada@example.com",
                quantity,
                key == null ? null : new IdempotencyKey(key),
                Instant.now()))
        .toCompletableFuture();
  }

  int purchases() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery("SELECT count(*) FROM purchases").mapTo(Integer.class).one());
  }

  static void assertOverloaded(CompletableFuture<Verdict> verdict) {
    assertThatThrownBy(verdict::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> {
              assertThat(refusal.problem().code()).isEqualTo("overloaded");
              assertThat(refusal.retryAfterSeconds())
                  .hasValueSatisfying(s -> assertThat(s).isBetween(1, 3));
            });
  }
}
