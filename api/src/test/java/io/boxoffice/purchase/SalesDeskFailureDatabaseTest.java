package io.boxoffice.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import io.boxoffice.platform.error.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** The desk when the database, a commit, a request or a buyer fails in the middle of things. */
class SalesDeskFailureDatabaseTest extends DeskOnDatabase {
  private static final String AT_ONCE = "WITH taken";

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
  void aCommitWhoseAnswerWasLostIsLookedUp() throws Exception {
    LostAnswer commits = new LostAnswer("COMMIT", true);
    open(jdbi -> jdbi.installPlugin(commits));

    Verdict verdict = buy("lost", 2).join();

    assertThat(verdict).isInstanceOf(Verdict.Sold.class);
    assertThat(commits.lost()).isEqualTo(1);
    assertThat(purchases()).isEqualTo(1);
    assertThat(buy("lost", 2).join()).isInstanceOf(Verdict.Replayed.class);
  }

  @Test
  void aCommitThatDidNotHappenIsTriedAgain() throws Exception {
    LostAnswer commits = new LostAnswer("COMMIT", false);
    open(jdbi -> jdbi.installPlugin(commits));

    assertThat(buy(null, 2).join()).isInstanceOf(Verdict.Sold.class);
    assertThat(commits.lost()).isEqualTo(1);
    assertThat(purchases()).isEqualTo(1);
  }

  @Test
  void aSaleAtOnceWhoseAnswerWasLostIsLookedUp() throws Exception {
    LostAnswer sales = new LostAnswer(AT_ONCE, true);
    open(jdbi -> jdbi.installPlugin(sales));
    buy(null, 1).join();

    assertThat(buy("lost", 2).join()).isInstanceOf(Verdict.Sold.class);
    assertThat(sales.lost()).isEqualTo(1);
    assertThat(purchases()).isEqualTo(2);
    assertThat(buy("lost", 2).join()).isInstanceOf(Verdict.Replayed.class);
  }

  @Test
  void aSaleAtOnceThatDidNotHappenIsWrittenUnderTheSameIds() throws Exception {
    LostAnswer sales = new LostAnswer(AT_ONCE, false);
    open(jdbi -> jdbi.installPlugin(sales));
    buy(null, 1).join();

    assertThat(buy(null, 2).join()).isInstanceOf(Verdict.Sold.class);
    assertThat(sales.lost()).isEqualTo(1);
    assertThat(purchases()).isEqualTo(2);
  }

  @Test
  void aLostSaleThatNoLongerFitsIsNotKnownAndNotRefused() throws Exception {
    open(jdbi -> jdbi.installPlugin(new LostAnswer(AT_ONCE, false)));
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
  void aBuyerWhoDoesNotTakeHisVerdictHoldsNoBatch() throws Exception {
    open(jdbi -> jdbi);
    CountDownLatch deaf = new CountDownLatch(1);
    List<CompletableFuture<?>> first = new ArrayList<>();
    try (Handle holder = database.jdbi().open()) {
      first.add(buyWhileStockIsHeld(holder));
      first.add(
          buy(null, 1)
              .thenApply(
                  verdict -> Uninterruptibles.awaitUninterruptibly(deaf, 20, TimeUnit.SECONDS)));
      first.add(buy(null, 1));
      holder.rollback();
    }
    awaitSettled(3);

    assertThat(buyOnAThread(0)).succeedsWithin(java.time.Duration.ofSeconds(5));
    assertThat(first.get(1)).isNotDone();
    deaf.countDown();
    assertThat(first).allSatisfy(verdict -> verdict.join());
  }
}
