package io.boxoffice.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.uuid.Generators;
import io.boxoffice.concert.Concert;
import io.boxoffice.concert.ConcertService;
import io.boxoffice.concert.NewConcert;
import io.boxoffice.concert.Price;
import io.boxoffice.error.ProblemException;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import io.dropwizard.util.Duration;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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
import org.junit.jupiter.api.Test;

/** The desk on a real database that fails in the middle of things. */
class SalesDeskDatabaseTest {
  private static final SalesDeskSettings SETTINGS =
      new SalesDeskSettings(2, 64, 50, 80, Duration.seconds(2), Duration.milliseconds(300));

  private final TestDatabase database = TestDatabase.migrated();
  private final CollectorRegistry prometheus = new CollectorRegistry();
  private final ExecutorService buyers = Executors.newCachedThreadPool();
  private BatchingSalesDesk desk;
  private Concert concert;

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

  @Test
  void aLoneRequestIsSettledOnItsOwnThread() throws Exception {
    open(jdbi -> jdbi);
    assertThat(buy(null, 1)).isCompletedWithValueMatching(Verdict.Sold.class::isInstance);
  }

  @Test
  void whoComesAfterTheDeskClosedIsRefused() throws Exception {
    open(jdbi -> jdbi);
    desk.stop();
    assertOverloaded(buy(null, 1));
  }

  @Test
  void whatGathersWhileABatchIsSettledIsTheNextBatch() throws Exception {
    open(jdbi -> jdbi);
    List<CompletableFuture<Verdict>> verdicts = new ArrayList<>();
    try (Handle holder = database.jdbi().open()) {
      verdicts.add(buyWhileStockIsHeld(holder));
      for (int i = 0; i < 40; i++) {
        verdicts.add(buy(null, 1));
      }
      holder.rollback();
    }
    assertThat(verdicts).allSatisfy(v -> assertThat(v.join()).isInstanceOf(Verdict.Sold.class));
    awaitSettled(41);
    assertThat(prometheus.getSampleValue("sales_desk_batch_size_count")).isEqualTo(2);
  }

  @Test
  void ticketTypesThatWaitTogetherAreOneBatch() throws Exception {
    open(jdbi -> jdbi);
    List<CompletableFuture<Verdict>> verdicts = new ArrayList<>();
    try (Handle holder = database.jdbi().open()) {
      verdicts.add(buyWhileStockIsHeld(holder));
      verdicts.add(buyOnAThread(1)); // the second of the two settlers
      database.awaitLockWaiters(2);
      for (int i = 0; i < 40; i++) {
        verdicts.add(buy(i % 2, null, 1));
      }
      holder.rollback();
    }
    assertThat(verdicts).allSatisfy(v -> assertThat(v.join()).isInstanceOf(Verdict.Sold.class));
    awaitSettled(42);
    assertThat(prometheus.getSampleValue("sales_desk_batch_size_count")).isBetween(3.0, 4.0);
  }

  @Test
  void aTicketTypeThatIsHeldFailsNoOther() throws Exception {
    database.setLockTimeout("1s");
    open(jdbi -> jdbi);
    try (Handle holder = database.jdbi().open()) {
      holder.begin();
      holder.execute(
          "SELECT * FROM ticket_types WHERE id = ? FOR UPDATE", concert.ticketTypes().get(0).id());
      List<CompletableFuture<Verdict>> held = new ArrayList<>();
      List<CompletableFuture<Verdict>> free = new ArrayList<>();
      held.add(buyOnAThread(0));
      database.awaitLockWaiters(1); // Or both types might share that batch, and its waits.
      for (int i = 0; i < 20; i++) {
        held.add(buyOnAThread(0));
        free.add(buyOnAThread(1));
      }
      assertThat(free).allSatisfy(v -> assertThat(v.join()).isInstanceOf(Verdict.Sold.class));
      assertThat(held).noneMatch(CompletableFuture::isDone);
      held.forEach(v -> assertThatThrownBy(v::join).hasCauseInstanceOf(ProblemException.class));
      holder.rollback();
    }
  }

  @Test
  void aFullQueueRefusesAtOnceAndALongWaitInTime() throws Exception {
    open(jdbi -> jdbi);
    List<CompletableFuture<Verdict>> verdicts = new ArrayList<>();
    try (Handle holder = database.jdbi().open()) {
      verdicts.add(buyWhileStockIsHeld(holder));
      for (int i = 0; i < 50; i++) {
        verdicts.add(buy(null, 1));
      }
      assertOverloaded(buy(null, 1));

      Eventually.within(
          java.time.Duration.ofSeconds(5),
          () -> verdicts.stream().skip(1).allMatch(CompletableFuture::isCompletedExceptionally));
      verdicts.stream().skip(1).forEach(SalesDeskDatabaseTest::assertOverloaded);
      holder.rollback();
    }
    assertThat(verdicts.get(0).join()).isInstanceOf(Verdict.Sold.class);
  }

  @Test
  void aCommitWhoseAnswerWasLostIsLookedUp() throws Exception {
    LostAnswer commits = new LostAnswer(true);
    open(jdbi -> jdbi.installPlugin(commits));

    Verdict verdict = buy("lost", 2).join();

    assertThat(verdict).isInstanceOf(Verdict.Sold.class);
    assertThat(commits.lost()).isEqualTo(1);
    assertThat(purchases()).isEqualTo(1);
    assertThat(buy("lost", 2).join()).isInstanceOf(Verdict.Replayed.class);
  }

  @Test
  void aCommitThatDidNotHappenIsTriedAgain() throws Exception {
    LostAnswer commits = new LostAnswer(false);
    open(jdbi -> jdbi.installPlugin(commits));

    assertThat(buy(null, 2).join()).isInstanceOf(Verdict.Sold.class);
    assertThat(commits.lost()).isEqualTo(1);
    assertThat(purchases()).isEqualTo(1);
  }

  @Test
  void aBadRequestDoesNotFailItsNeighbours() throws Exception {
    open(jdbi -> jdbi);
    List<CompletableFuture<Verdict>> good = new ArrayList<>();
    CompletableFuture<Verdict> bad;
    try (Handle holder = database.jdbi().open()) {
      good.add(buyWhileStockIsHeld(holder));
      good.add(buy(null, 1));
      bad = buy("x".repeat(300), 1); // longer than the column takes, which HTTP would not let in
      good.add(buy(null, 1));
      holder.rollback();
    }
    assertThat(good).allSatisfy(v -> assertThat(v.join()).isInstanceOf(Verdict.Sold.class));
    assertThatThrownBy(bad::join).hasCauseInstanceOf(ProblemException.class);
    assertThat(purchases()).isEqualTo(3);
  }

  @Test
  void aSoldOutTicketTypeCostsNoLockAndSellsAgainAfterACancellation() throws Exception {
    open(jdbi -> jdbi);
    List<Purchase> sold = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sold.add(((Verdict.Sold) buy("key-" + i, 10).join()).purchase());
    }
    assertThat(buy(null, 1).join()).isEqualTo(new Verdict.SoldOut(0));
    try (Handle holder = database.jdbi().open()) {
      holder.begin();
      holder.execute("SELECT * FROM ticket_types FOR UPDATE");
      // Neither waits for the lock: one is told from memory, the other's key is looked up.
      assertThat(buy(null, 1).join()).isEqualTo(new Verdict.SoldOut(0));
      assertThat(buy("key-3", 10).join()).isEqualTo(new Verdict.Replayed(sold.get(3)));
      holder.rollback();
    }
    new PurchaseService(
            database.jdbi(),
            Clock.systemUTC(),
            new SalesMetrics(new MetricRegistry(), new CollectorRegistry()))
        .cancel(sold.get(0).id());
    Eventually.within(
        java.time.Duration.ofSeconds(1), () -> buy(null, 1).join() instanceof Verdict.Sold);
  }

  @Test
  void aConcertThatIsDeletedIsUnknown() throws Exception {
    open(jdbi -> jdbi);
    assertThat(buy(null, 200).join()).isInstanceOf(Verdict.TooMany.class);
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.createScript("DELETE FROM ticket_types; DELETE FROM concerts").execute());
    assertThat(buy(null, 1).join()).isEqualTo(new Verdict.UnknownConcert());
  }

  private void open(UnaryOperator<Jdbi> change) {
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

  /** A batch is counted just after its buyers are told. */
  private void awaitSettled(int requests) {
    Eventually.within(
        java.time.Duration.ofSeconds(5),
        () -> prometheus.getSampleValue("sales_desk_batch_size_sum") == requests);
  }

  /** A purchase whose batch waits until the holder lets go of the stock, so that others gather. */
  private CompletableFuture<Verdict> buyWhileStockIsHeld(Handle holder) {
    holder.begin();
    holder.execute("SELECT * FROM ticket_types FOR UPDATE");
    CompletableFuture<Verdict> waiting = buyOnAThread(0);
    database.awaitLockWaiters(1);
    return waiting;
  }

  /** For a buyer who settles a batch himself, and so may wait. */
  private CompletableFuture<Verdict> buyOnAThread(int type) {
    return CompletableFuture.supplyAsync(() -> buy(type, null, 1).join(), buyers);
  }

  private CompletableFuture<Verdict> buy(String key, int quantity) {
    return buy(0, key, quantity);
  }

  private CompletableFuture<Verdict> buy(int type, String key, int quantity) {
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

  private int purchases() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery("SELECT count(*) FROM purchases").mapTo(Integer.class).one());
  }

  private static void assertOverloaded(CompletableFuture<Verdict> verdict) {
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
