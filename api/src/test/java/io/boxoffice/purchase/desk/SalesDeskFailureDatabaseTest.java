package io.boxoffice.purchase.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.purchase.allocation.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Tests the desk when the database, a commit, a request or a client fails during a batch. */
class SalesDeskFailureDatabaseTest extends DeskOnDatabase {
  private static final String ONE_STATEMENT = "WITH taken";

  @Test
  void aLockedTicketTypeDoesNotFailAnotherOne() throws Exception {
    database.setLockTimeout("1s");
    open(jdbi -> jdbi);
    try (Handle holder = database.jdbi().open()) {
      holder.begin();
      holder.execute(
          "SELECT * FROM ticket_types WHERE id = ? FOR UPDATE", concert.ticketTypes().get(0).id());
      List<CompletableFuture<Verdict>> held = new ArrayList<>();
      List<CompletableFuture<Verdict>> free = new ArrayList<>();
      held.add(buyOnAThread(0));
      database.awaitLockWaiters(1); // Otherwise one batch could hold both types.
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
  void aCommitWithoutAnAnswerIsLookedUp() throws Exception {
    LostAnswer commits = new LostAnswer("COMMIT", true);
    open(jdbi -> jdbi.installPlugin(commits));

    Verdict verdict = buy("lost", 2).join();

    assertThat(verdict).isInstanceOf(Verdict.Sold.class);
    assertThat(commits.lost()).isEqualTo(1);
    assertThat(purchases()).isEqualTo(1);
    assertThat(buy("lost", 2).join()).isInstanceOf(Verdict.Replayed.class);
  }

  @Test
  void aLostCommitIsRetried() throws Exception {
    LostAnswer commits = new LostAnswer("COMMIT", false);
    open(jdbi -> jdbi.installPlugin(commits));

    assertThat(buy(null, 2).join()).isInstanceOf(Verdict.Sold.class);
    assertThat(commits.lost()).isEqualTo(1);
    assertThat(purchases()).isEqualTo(1);
  }

  @Test
  void aSaleInOneStatementWithoutAnAnswerIsLookedUp() throws Exception {
    LostAnswer sales = new LostAnswer(ONE_STATEMENT, true);
    open(jdbi -> jdbi.installPlugin(sales));
    buy(null, 1).join();

    assertThat(buy("lost", 2).join()).isInstanceOf(Verdict.Sold.class);
    assertThat(sales.lost()).isEqualTo(1);
    assertThat(purchases()).isEqualTo(2);
    assertThat(buy("lost", 2).join()).isInstanceOf(Verdict.Replayed.class);
  }

  @Test
  void aLostSaleInOneStatementIsWrittenUnderTheSameIds() throws Exception {
    LostAnswer sales = new LostAnswer(ONE_STATEMENT, false);
    open(jdbi -> jdbi.installPlugin(sales));
    buy(null, 1).join();

    assertThat(buy(null, 2).join()).isInstanceOf(Verdict.Sold.class);
    assertThat(sales.lost()).isEqualTo(1);
    assertThat(purchases()).isEqualTo(2);
  }

  @Test
  void aLostSaleThatNoLongerFitsHasAnUnknownOutcome() throws Exception {
    open(jdbi -> jdbi.installPlugin(new LostAnswer(ONE_STATEMENT, false)));
    buy(null, 1).join();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE ticket_types SET available = 1, capacity = 2 WHERE id = ?",
                    concert.ticketTypes().get(0).id()));

    assertThatThrownBy(() -> buy(null, 2).join())
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.problem().code()).isEqualTo("outcome-unknown"));
  }

  @Test
  void aBadRequestDoesNotFailOthersInItsBatch() throws Exception {
    open(jdbi -> jdbi);
    List<CompletableFuture<Verdict>> good = new ArrayList<>();
    CompletableFuture<Verdict> bad;
    try (Handle holder = database.jdbi().open()) {
      good.add(buyWhileStockIsHeld(holder));
      good.add(buy(null, 1));
      bad = buy("x".repeat(300), 1); // Too long for the column; HTTP would reject it.
      good.add(buy(null, 1));
      holder.rollback();
    }
    assertThat(good).allSatisfy(v -> assertThat(v.join()).isInstanceOf(Verdict.Sold.class));
    assertThatThrownBy(bad::join).hasCauseInstanceOf(ProblemException.class);
    assertThat(purchases()).isEqualTo(3);
  }

  @Test
  void aConcertThatCannotBeReadIsAFailedPurchase() throws Exception {
    openWith(
        concertId -> {
          throw new IllegalStateException("no database");
        });

    assertThatThrownBy(() -> buy(null, 1)).hasMessage("no database");
    assertThat(metrics.meter("purchases.failed").getCount()).isEqualTo(1);
  }

  @Test
  void aBlockedResponseDoesNotBlockTheNextBatch() throws Exception {
    open(jdbi -> jdbi);
    CountDownLatch blocked = new CountDownLatch(1);
    List<CompletableFuture<?>> first = new ArrayList<>();
    try (Handle holder = database.jdbi().open()) {
      first.add(buyWhileStockIsHeld(holder));
      first.add(
          buy(null, 1)
              .thenApply(
                  verdict -> Uninterruptibles.awaitUninterruptibly(blocked, 20, TimeUnit.SECONDS)));
      first.add(buy(null, 1));
      holder.rollback();
    }
    awaitExecuted(3);

    assertThat(buyOnAThread(0)).succeedsWithin(java.time.Duration.ofSeconds(5));
    assertThat(first.get(1)).isNotDone();
    blocked.countDown();
    assertThat(first).allSatisfy(verdict -> verdict.join());
  }
}
