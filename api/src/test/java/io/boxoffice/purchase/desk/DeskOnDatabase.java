package io.boxoffice.purchase.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.uuid.Generators;
import io.boxoffice.concert.Concert;
import io.boxoffice.concert.ConcertService;
import io.boxoffice.concert.NewConcert;
import io.boxoffice.concert.Price;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Verdict;
import io.boxoffice.purchase.store.SaleTransaction;
import io.boxoffice.purchase.store.TicketTypeCatalogue;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestOutbox;
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

/**
 * Gives tests a sales desk on a real database, with a concert that has two ticket types of 100
 * tickets each.
 */
abstract class DeskOnDatabase {
  private static final SalesDeskSettings SETTINGS =
      new SalesDeskSettings(2, 64, 50, 80, Duration.seconds(2), Duration.milliseconds(300));

  final TestDatabase database = TestDatabase.migrated();
  final MetricRegistry metrics = new MetricRegistry();
  final CollectorRegistry prometheus = new CollectorRegistry();
  private final ExecutorService buyers = Executors.newCachedThreadPool();
  BatchingSalesDesk desk;
  Concert concert;

  @BeforeEach
  void createConcert() {
    concert =
        new ConcertService(
                database.jdbi(),
                Clock.systemUTC(),
                Generators.timeBasedEpochGenerator(),
                TestOutbox.create())
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
                        new NewConcert.NewTicketType("Seated", new Price(1L, "EUR"), 100))))
            .concert();
  }

  @AfterEach
  void close() throws Exception {
    desk.stop();
    buyers.shutdownNow();
    assertThat(database.stockInvariantViolations()).isZero();
  }

  void open(UnaryOperator<Jdbi> change) {
    openWithoutSweep(change);
    desk.start();
  }

  /** Opens a desk that starts no worker for requests behind a blocked batch. */
  void openWithoutSweep(UnaryOperator<Jdbi> change) {
    openWith(change.apply(database.jdbi()), new TicketTypeCatalogue(database.jdbi()));
  }

  /** Opens a desk that reads the ticket types of concerts in another way. */
  void openWith(TicketTypes ticketTypes) {
    openWith(database.jdbi(), ticketTypes);
  }

  private void openWith(Jdbi jdbi, TicketTypes ticketTypes) {
    desk =
        new BatchingSalesDesk(
            new SaleTransaction(
                jdbi, Clock.systemUTC(), Generators.timeBasedEpochRandomGenerator(), ""),
            ticketTypes,
            SETTINGS,
            new SalesMetrics(metrics, prometheus));
  }

  /** Waits until the metrics count the requests; a response may be sent shortly before that. */
  void awaitExecuted(int requests) {
    Eventually.within(
        java.time.Duration.ofSeconds(5),
        () -> prometheus.getSampleValue("sales_desk_batch_size_sum") == requests);
  }

  /** Buys in a batch that waits until the holder releases the stock, so that requests queue up. */
  CompletableFuture<Verdict> buyWhileStockIsHeld(Handle holder) {
    holder.begin();
    holder.execute("SELECT * FROM ticket_types FOR UPDATE");
    CompletableFuture<Verdict> waiting = buyOnAThread(0);
    database.awaitLockWaiters(1);
    return waiting;
  }

  /** Buys on another thread, because the thread that runs the batch may wait for a lock. */
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
                key,
                Instant.now(),
                null,
                null))
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
            rejection -> {
              assertThat(rejection.problem().code()).isEqualTo("overloaded");
              assertThat(rejection.retryAfterSeconds())
                  .hasValueSatisfying(s -> assertThat(s).isBetween(1, 3));
            });
  }
}
