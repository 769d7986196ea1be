package io.boxoffice.purchase.store;

import static io.boxoffice.purchase.store.SampleSales.hold;
import static io.boxoffice.purchase.store.SampleSales.insert;
import static io.boxoffice.purchase.store.SampleSales.request;
import static io.boxoffice.purchase.store.SampleSales.saleOf;
import static io.boxoffice.purchase.store.SampleSales.stockOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import io.boxoffice.concert.ConcertService;
import io.boxoffice.purchase.allocation.Stock;
import io.boxoffice.purchase.allocation.Verdict;
import io.boxoffice.purchase.store.StockDao.PaidPurchase;
import io.boxoffice.testing.Replacements;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestOutbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Lets each kind of sale wait for the lock that the cancellation of its concert holds: none may be
 * committed after the cancellation. Negative controls: without the guard, each of them is.
 */
class CancelledSalesDatabaseTest {
  private static final String GUARD = " AND cancelled_at IS NULL";

  private final TestDatabase database = TestDatabase.migrated();
  private final Stock stock = stockOf(10);
  private final ConcertService concerts =
      new ConcertService(
          database.jdbi(),
          Clock.systemUTC(),
          Generators.timeBasedEpochGenerator(),
          TestOutbox.create());

  @BeforeEach
  void insertConcert() {
    database.jdbi().useTransaction(handle -> insert(handle, stock));
  }

  /** Replaces the guard of the statements by another text. */
  private Jdbi guardedBy(String guard) {
    return database.jdbi().installPlugin(new Replacements(Map.of(GUARD, guard)));
  }

  /** Begins a sale during a cancellation, and returns its result after both. */
  private <T> T during(Jdbi jdbi, Function<Jdbi, T> sale) {
    CompletableFuture<T> result;
    try (Handle operator = database.jdbi().open()) {
      operator.begin();
      assertThat(concerts.cancel(operator, stock.concertId())).isPresent();
      result = CompletableFuture.supplyAsync(() -> sale.apply(jdbi));
      database.awaitLockWaiters(1);
      operator.commit();
    }
    return result.join();
  }

  private boolean sellAtOnce(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            new SaleWrites(handle)
                .sellAtOnce(saleOf(stock, request(stock, "a", 2), hold(stock, "b", 1)), stock)
                .isPresent());
  }

  private Verdict sell(Jdbi jdbi, Map<UUID, Stock> remembered) {
    return new SaleTransaction(
            jdbi, Clock.systemUTC(), Generators.timeBasedEpochRandomGenerator(), "")
        .sell(List.of(request(stock, "a", 1)), remembered)
        .verdicts()
        .get(0);
  }

  private int confirm(Jdbi jdbi) {
    return jdbi.withExtension(
        StockDao.class,
        dao ->
            dao.insert(
                new PaidPurchase(
                    stock.concertId(),
                    UUID.randomUUID(),
                    stock.ticketTypeId(),
                    "ada@example.com",
                    1,
                    null,
                    Instant.now())));
  }

  private int rows() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT (SELECT count(*) FROM purchases) + (SELECT count(*) FROM orders)")
                    .mapTo(Integer.class)
                    .one());
  }

  @Test
  void aSaleOfOneStatementWritesNothing() {
    assertThat(this.<Boolean>during(database.jdbi(), this::sellAtOnce)).isFalse();
    assertThat(rows()).isZero();
  }

  @Test
  void aSaleThatLocksTheStockFirstIsRejected() {
    assertThat(this.<Verdict>during(database.jdbi(), jdbi -> sell(jdbi, Map.of())))
        .isInstanceOf(Verdict.ConcertCancelled.class);
    assertThat(rows()).isZero();
  }

  @Test
  void aSaleFromRememberedStockIsRejected() {
    assertThat(
            this.<Verdict>during(
                database.jdbi(), jdbi -> sell(jdbi, Map.of(stock.ticketTypeId(), stock))))
        .isInstanceOf(Verdict.ConcertCancelled.class);
    assertThat(rows()).isZero();
  }

  @Test
  void theConfirmationOfAnOrderWritesNoPurchase() {
    assertThat(this.<Integer>during(database.jdbi(), this::confirm)).isZero();
    assertThat(rows()).isZero();
  }

  @Test
  void withoutTheGuardTheStatementSells() {
    assertThat(this.<Boolean>during(guardedBy(""), this::sellAtOnce)).isTrue();
    assertThat(rows()).isEqualTo(2);
  }

  /** This is why the ticket type has the column: the concert is read as it was before the wait. */
  @Test
  void aGuardThatReadsTheConcertSells() {
    String guard =
        " AND (SELECT cancelled_at FROM concerts WHERE concerts.id = concert_id) IS NULL";
    assertThat(this.<Boolean>during(guardedBy(guard), this::sellAtOnce)).isTrue();
  }

  @Test
  void withoutTheGuardTheConfirmationSells() {
    assertThat(this.<Integer>during(guardedBy(""), this::confirm)).isEqualTo(1);
  }
}
