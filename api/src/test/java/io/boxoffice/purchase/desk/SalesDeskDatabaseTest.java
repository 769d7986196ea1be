package io.boxoffice.purchase.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.platform.database.read.Reads;
import io.boxoffice.purchase.PurchaseService;
import io.boxoffice.purchase.allocation.Purchase;
import io.boxoffice.purchase.allocation.Verdict;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestOutbox;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Tests how the desk forms batches, sells and rejects, on a real database. */
class SalesDeskDatabaseTest extends DeskOnDatabase {
  @Test
  void aSingleRequestIsExecutedOnTheCallersThread() throws Exception {
    open(jdbi -> jdbi);
    assertThat(buy(null, 1)).isCompletedWithValueMatching(Verdict.Sold.class::isInstance);
  }

  @Test
  void aClosedDeskRejectsRequests() throws Exception {
    open(jdbi -> jdbi);
    desk.stop();
    assertOverloaded(buy(null, 1));
    assertOverloaded(buy(null, 1)); // The first one does not keep the queue.
  }

  @Test
  void requestsQueuedDuringABatchAreTheNextBatch() throws Exception {
    open(jdbi -> jdbi);
    executeOneThenQueued(24);
    assertThat(prometheus.getSampleValue("sales_desk_batch_size_count")).isEqualTo(2);
  }

  @Test
  void aBatchTakesHalfOfMoreThan24QueuedRequests() throws Exception {
    open(jdbi -> jdbi);
    executeOneThenQueued(48);
    assertThat(prometheus.getSampleValue("sales_desk_batch_size_count")).isEqualTo(3);
  }

  /** Executes a batch of one request, and then the requests that were queued while it ran. */
  private void executeOneThenQueued(int others) throws Exception {
    List<CompletableFuture<Verdict>> verdicts = new ArrayList<>();
    try (Handle holder = database.jdbi().open()) {
      verdicts.add(buyWhileStockIsHeld(holder));
      for (int i = 0; i < others; i++) {
        verdicts.add(buy(null, 1));
      }
      holder.rollback();
    }
    assertThat(verdicts).allSatisfy(v -> assertThat(v.join()).isInstanceOf(Verdict.Sold.class));
    awaitExecuted(1 + others);
  }

  @Test
  void queuesOfSeveralTicketTypesShareABatch() throws Exception {
    openWithoutSweep(jdbi -> jdbi);
    List<CompletableFuture<Verdict>> verdicts = new ArrayList<>();
    try (Handle holder = database.jdbi().open()) {
      verdicts.add(buyWhileStockIsHeld(holder));
      for (int i = 0; i < 24; i++) {
        verdicts.add(buy(i % 2, null, 1));
      }
      holder.rollback();
    }
    assertThat(verdicts).allSatisfy(v -> assertThat(v.join()).isInstanceOf(Verdict.Sold.class));
    awaitExecuted(25);
    assertThat(prometheus.getSampleValue("sales_desk_batch_size_count")).isEqualTo(2);
  }

  @Test
  void aFullQueueRejectsAtOnceAndALongWaitEndsInARejection() throws Exception {
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
      verdicts.stream().skip(1).forEach(DeskOnDatabase::assertOverloaded);
      holder.rollback();
    }
    assertThat(verdicts.get(0).join()).isInstanceOf(Verdict.Sold.class);
  }

  @Test
  void aSoldOutTicketTypeTakesNoLockAndSellsAgainAfterACancellation() throws Exception {
    open(jdbi -> jdbi);
    List<Purchase> sold = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sold.add(((Verdict.Sold) buy("key-" + i, 10).join()).purchase());
    }
    assertThat(buy(null, 1).join()).isEqualTo(new Verdict.SoldOut(0));
    try (Handle holder = database.jdbi().open()) {
      holder.begin();
      holder.execute("SELECT * FROM ticket_types FOR UPDATE");
      // Neither waits for the lock: the desk remembers the first result and looks up the second
      // key.
      assertThat(buy(null, 1).join()).isEqualTo(new Verdict.SoldOut(0));
      assertThat(buy("key-3", 10).join()).isEqualTo(new Verdict.Replayed(sold.get(3)));
      holder.rollback();
    }
    new PurchaseService(
            database.jdbi(),
            Reads.ofPrimary(database.jdbi()),
            Clock.systemUTC(),
            new SalesMetrics(new MetricRegistry(), new CollectorRegistry()),
            concertId -> {},
            TestOutbox.create())
        .cancel(sold.get(0).id(), Optional.empty());
    Eventually.within(
        java.time.Duration.ofSeconds(1), () -> buy(null, 1).join() instanceof Verdict.Sold);
  }

  @Test
  void aDeletedConcertIsUnknown() throws Exception {
    open(jdbi -> jdbi);
    assertThat(buy(null, 200).join()).isInstanceOf(Verdict.TooMany.class);
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.createScript("DELETE FROM ticket_types; DELETE FROM concerts").execute());
    assertThat(buy(null, 1).join()).isEqualTo(new Verdict.UnknownConcert());
  }
}
