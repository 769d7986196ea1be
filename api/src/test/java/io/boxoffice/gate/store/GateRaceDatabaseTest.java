package io.boxoffice.gate.store;

import static io.boxoffice.gate.store.Hall.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.gate.state.ItemProblem;
import io.boxoffice.gate.state.Outcome;
import io.boxoffice.gate.state.Reason;
import io.boxoffice.gate.state.ScanResult;
import io.boxoffice.platform.database.SqlState;
import io.boxoffice.testing.Replacements;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks races at the gates, each with a control in which the guard is missing. */
@Timeout(120)
class GateRaceDatabaseTest {
  private static final String LOCK_OF_ADMISSION = "FOR NO KEY UPDATE";
  private static final String LOCK_OF_PURCHASE = "FOR SHARE OF p";

  private final Hall hall = new Hall();

  /** Stops the first transaction after a statement, until the test lets it go on. */
  private static final class Pause extends Replacements {
    private final String statement;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    Pause(String statement, Map<String, String> replacements) {
      super(replacements);
      this.statement = statement;
    }

    @Override
    protected void after(String sql) {
      if (sql.contains(statement)) {
        reached.countDown();
        await(released);
      }
    }

    void awaitReached() {
      await(reached);
    }

    void release() {
      released.countDown();
    }

    private static void await(CountDownLatch latch) {
      try {
        if (!latch.await(1, TimeUnit.MINUTES)) {
          throw new IllegalStateException("waited too long");
        }
      } catch (InterruptedException ended) {
        throw new IllegalStateException(ended);
      }
    }
  }

  /** Lets two transactions read the admission before either writes it. */
  private static final class BothRead extends Replacements {
    private final CyclicBarrier barrier = new CyclicBarrier(2);

    BothRead() {
      super(Map.of(LOCK_OF_ADMISSION, ""));
    }

    @Override
    protected void after(String sql) {
      if (!sql.contains("SELECT ticket_id, entries")) {
        return;
      }
      try {
        barrier.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
        // The halves of a batch that was refused read alone.
        barrier.reset();
      }
    }
  }

  private CompletableFuture<ScanResult> later(
      ScanTransaction transaction, String gate, UUID ticket) {
    return CompletableFuture.supplyAsync(
        () -> transaction.apply(List.of(scan(gate, 1, ticket))).results().get(0));
  }

  /** Begins the series and the admission, so that only the locks under test are waited for. */
  private UUID knownTicket() {
    UUID ticket = hall.ticket();
    hall.jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  "INSERT INTO admissions (ticket_id, concert_id) VALUES (?, ?)",
                  ticket,
                  hall.concertId());
              handle.execute(
                  "INSERT INTO gate_series (gate, series, changed_at)"
                      + " VALUES ('north', 1, now()), ('south', 1, now())");
            });
    return ticket;
  }

  @Test
  void twoGatesAdmitOneTicketOnce() {
    UUID ticket = knownTicket();
    Pause pause = new Pause(LOCK_OF_ADMISSION, Map.of());
    CompletableFuture<ScanResult> north = later(hall.transaction(pause), "north", ticket);
    pause.awaitReached();
    CompletableFuture<ScanResult> south = later(hall.transaction(), "south", ticket);
    hall.database().awaitLockWaiters(1);
    pause.release();
    assertThat(north.join().verdict().outcome()).isEqualTo(Outcome.ADMITTED);
    assertThat(south.join().verdict().reason()).isEqualTo(Reason.ALREADY_ADMITTED);
  }

  @Test
  void withoutTheLockTheDatabaseRefusesTheSecondAdmission() {
    List<ScanResult> results = raceWithoutLock();
    assertThat(results).filteredOn(result -> result.problem() == ItemProblem.REJECTED).hasSize(1);
    assertThat(hall.number("SELECT count(*) FROM scans WHERE outcome = 'admitted'")).isEqualTo(1);
  }

  @Test
  void withoutTheLockAndTheConstraintOneTicketIsAdmittedTwice() {
    hall.jdbi()
        .useHandle(
            handle ->
                handle.execute("ALTER TABLE admissions DROP CONSTRAINT admissions_inside_once"));
    List<ScanResult> results = raceWithoutLock();
    assertThat(results).allMatch(result -> result.verdict().outcome() == Outcome.ADMITTED);
    assertThat(hall.number("SELECT entries FROM admissions")).isEqualTo(2);
  }

  private List<ScanResult> raceWithoutLock() {
    UUID ticket = knownTicket();
    BothRead bothRead = new BothRead();
    ScanTransaction unlocked = hall.transaction(bothRead);
    CompletableFuture<ScanResult> north = later(unlocked, "north", ticket);
    CompletableFuture<ScanResult> south = later(unlocked, "south", ticket);
    List<ScanResult> results = List.of(north.join(), south.join());
    assertThat(bothRead.neverFound()).isEmpty();
    return results;
  }

  @Test
  void aCancellationThatComesSecondIsRefused() {
    UUID ticket = knownTicket();
    Pause pause = new Pause(LOCK_OF_PURCHASE, Map.of());
    CompletableFuture<ScanResult> north = later(hall.transaction(pause), "north", ticket);
    pause.awaitReached();
    CompletableFuture<Void> cancellation = CompletableFuture.runAsync(() -> hall.cancel(ticket));
    hall.database().awaitLockWaiters(1);
    pause.release();
    assertThat(north.join().verdict().outcome()).isEqualTo(Outcome.ADMITTED);
    assertThatThrownBy(cancellation::join)
        .hasCauseInstanceOf(JdbiException.class)
        .satisfies(thrown -> assertThat(SqlState.of(thrown).code()).isEqualTo("GA001"));
  }

  @Test
  void anAdmissionThatComesSecondSeesTheCancellation() {
    UUID ticket = knownTicket();
    CompletableFuture<ScanResult> north;
    try (var handle = hall.database().jdbi().open()) {
      handle.begin();
      handle.execute("UPDATE purchases SET status = 'CANCELLED', cancelled_at = now()");
      north = later(hall.transaction(), "north", ticket);
      hall.database().awaitLockWaiters(1);
      handle.commit();
    }
    assertThat(north.join().verdict().reason()).isEqualTo(Reason.CANCELLED);
  }

  @Test
  void withoutTheShareACancelledTicketIsAdmitted() {
    UUID ticket = knownTicket();
    Pause pause = new Pause("status = 'CANCELLED' AS cancelled", Map.of(LOCK_OF_PURCHASE, ""));
    CompletableFuture<ScanResult> north = later(hall.transaction(pause), "north", ticket);
    pause.awaitReached();
    hall.cancel(ticket);
    pause.release();
    assertThat(north.join().verdict().outcome()).isEqualTo(Outcome.ADMITTED);
    assertThat(hall.texts("SELECT status FROM purchases")).containsExactly("CANCELLED");
    assertThat(pause.neverFound()).isEmpty();
  }

  @Test
  void aCancelledConcertGivesAlsoAdmittedTicketsBack() {
    UUID ticket = knownTicket();
    later(hall.transaction(), "north", ticket).join();
    assertThatThrownBy(() -> hall.cancel(ticket)).isInstanceOf(JdbiException.class);
    hall.jdbi().useHandle(handle -> handle.execute("UPDATE concerts SET cancelled_at = now()"));
    hall.cancel(ticket);
    assertThat(hall.texts("SELECT status FROM purchases")).containsExactly("CANCELLED");
  }
}
