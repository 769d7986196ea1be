package io.boxoffice.purchase.store;

import static io.boxoffice.purchase.store.SampleSales.hold;
import static io.boxoffice.purchase.store.SampleSales.insert;
import static io.boxoffice.purchase.store.SampleSales.request;
import static io.boxoffice.purchase.store.SampleSales.saleOf;
import static io.boxoffice.purchase.store.SampleSales.stockOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.uuid.Generators;
import io.boxoffice.platform.database.SqlState;
import io.boxoffice.purchase.allocation.Stock;
import io.boxoffice.purchase.allocation.Verdict;
import io.boxoffice.purchase.store.StockDao.PaidPurchase;
import io.boxoffice.site.SiteRows;
import io.boxoffice.testing.Replacements;
import io.boxoffice.testing.TestDatabase;
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
 * Lets each kind of sale wait for the locks with which the home of its concert moves to the other
 * site: none may be committed after the move. Negative controls: without the guards, each of them
 * is.
 */
class MovedHomeDatabaseTest {
  private static final Map<String, String> WITHOUT_EPOCH = Map.of(" AND epoch = ?", " AND ? > 0");

  /** As if every site sold. */
  private static final Map<String, String> WITHOUT_HOME =
      Map.of("t.epoch, t.home", "t.epoch, NULL");

  private final TestDatabase database = SiteRows.setUp(TestDatabase.migrated(), "a", "b");
  private final Stock stock = stockOf(10);

  @BeforeEach
  void insertConcert() {
    database.jdbi().useTransaction(handle -> insert(handle, stock));
  }

  private Jdbi changedBy(Map<String, String> replacements) {
    return database.jdbi().installPlugin(new Replacements(replacements));
  }

  /** Removes the checks of the database. */
  private void disableTriggers() {
    for (String table : List.of("purchases", "orders", "ticket_types")) {
      database
          .jdbi()
          .useHandle(
              handle -> handle.execute("ALTER TABLE " + table + " DISABLE TRIGGER site_guard"));
    }
  }

  /** Begins a sale while the home moves, and returns its result after both. */
  private <T> T during(Jdbi jdbi, Function<Jdbi, T> sale) {
    CompletableFuture<T> result;
    try (Handle operator = database.jdbi().open()) {
      operator.begin();
      SiteRows.moveHome(operator, stock.concertId(), "b");
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
            jdbi, Clock.systemUTC(), Generators.timeBasedEpochRandomGenerator(), "a")
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
    return SiteRows.count(
        database, "SELECT (SELECT count(*) FROM purchases) + (SELECT count(*) FROM orders)");
  }

  @Test
  void theHomeSellsAndWritesItsEpoch() {
    database.jdbi().useHandle(handle -> SiteRows.moveHome(handle, stock.concertId(), "b"));
    database.jdbi().useHandle(handle -> SiteRows.moveHome(handle, stock.concertId(), "a"));

    assertThat(sell(database.jdbi(), Map.of())).isInstanceOf(Verdict.Sold.class);
    assertThat(SiteRows.count(database, "SELECT epoch FROM purchases")).isEqualTo(3);
  }

  @Test
  void aSaleOfOneStatementWritesNothing() {
    assertThat(this.<Boolean>during(database.jdbi(), this::sellAtOnce)).isFalse();
    assertThat(rows()).isZero();
  }

  @Test
  void aSaleThatLocksTheStockFirstIsRejected() {
    assertThat(this.<Verdict>during(database.jdbi(), jdbi -> sell(jdbi, Map.of())))
        .isInstanceOf(Verdict.SoldElsewhere.class);
    assertThat(rows()).isZero();
  }

  @Test
  void aSaleFromRememberedStockIsRejected() {
    assertThat(
            this.<Verdict>during(
                database.jdbi(), jdbi -> sell(jdbi, Map.of(stock.ticketTypeId(), stock))))
        .isInstanceOf(Verdict.SoldElsewhere.class);
    assertThat(rows()).isZero();
  }

  @Test
  void theDatabaseRefusesTheConfirmationOfAnOrder() {
    assertThatThrownBy(() -> this.<Integer>during(database.jdbi(), this::confirm))
        .satisfies(failure -> assertThat(SqlState.of(failure).isHomeElsewhere()).isTrue());
    assertThat(rows()).isZero();
  }

  @Test
  void theDatabaseRefusesASaleThatDoesNotCompareTheEpoch() {
    assertThatThrownBy(() -> this.<Boolean>during(changedBy(WITHOUT_EPOCH), this::sellAtOnce))
        .satisfies(failure -> assertThat(SqlState.of(failure).isHomeElsewhere()).isTrue());
    assertThat(rows()).isZero();
  }

  @Test
  void withoutTheTriggersTheStatementsThemselvesRefuse() {
    disableTriggers();

    assertThat(this.<Boolean>during(database.jdbi(), this::sellAtOnce)).isFalse();
    assertThat(sell(database.jdbi(), Map.of())).isInstanceOf(Verdict.SoldElsewhere.class);
    assertThat(rows()).isZero();
  }

  @Test
  void withoutTriggersAndEpochASaleOfOneStatementIsWritten() {
    disableTriggers();

    assertThat(this.<Boolean>during(changedBy(WITHOUT_EPOCH), this::sellAtOnce)).isTrue();
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void withoutTriggersAndHomeASaleThatLocksTheStockFirstIsWritten() {
    disableTriggers();

    assertThat(this.<Verdict>during(changedBy(WITHOUT_HOME), jdbi -> sell(jdbi, Map.of())))
        .isInstanceOf(Verdict.Sold.class);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void withoutTheTriggersAConfirmedOrderGetsItsPurchase() {
    disableTriggers();

    assertThat(this.<Integer>during(database.jdbi(), this::confirm)).isEqualTo(1);
  }
}
