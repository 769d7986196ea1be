package io.boxoffice.purchase.store;

import static io.boxoffice.purchase.store.SampleSales.hold;
import static io.boxoffice.purchase.store.SampleSales.insert;
import static io.boxoffice.purchase.store.SampleSales.request;
import static io.boxoffice.purchase.store.SampleSales.stockOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.purchase.allocation.ConcertKey;
import io.boxoffice.purchase.allocation.Earlier;
import io.boxoffice.purchase.allocation.Sale;
import io.boxoffice.purchase.allocation.Stock;
import io.boxoffice.testing.TestDatabase;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the sale in one statement, which writes the whole sale or nothing. */
class SaleWritesDatabaseTest {
  private final TestDatabase database = TestDatabase.migrated();
  private final Stock stock = stockOf(10);

  @BeforeEach
  void insertConcert() {
    database.jdbi().useTransaction(handle -> insert(handle, stock));
  }

  @AfterEach
  void checkStock() {
    assertThat(database.stockInvariantViolations()).isZero();
  }

  @Test
  void theWholeSaleIsWrittenAndTheRemainingStockReturned() {
    assertThat(sellAtOnce(saleOf("a", 3, "b", 4))).hasValue(3);
    assertThat(rows("purchases")).isEqualTo(2);
    assertThat(rows("tickets")).isEqualTo(7);
  }

  @Test
  void theLastTicketsAreSold() {
    assertThat(sellAtOnce(saleOf("a", 10))).hasValue(0);
  }

  @Test
  void aSaleOfMoreThanTheRemainingStockWritesNothing() {
    sellAtOnce(saleOf("a", 3));
    assertNothingIsWritten(saleOf("b", 4, "c", 4));
  }

  @Test
  void aChangedConcertWritesNothing() {
    Sale sale = saleOf("a", 1);
    for (String change :
        List.of(
            "max_per_purchase = 1",
            "sales_open_at = sales_open_at - interval '1 s'",
            "sales_close_at = sales_close_at - interval '1 s'",
            "sales_close_at = NULL, starts_at = starts_at + interval '1 s'")) {
      try (Handle handle = database.jdbi().open()) {
        handle.begin();
        handle.execute("UPDATE concerts SET " + change);
        assertThat(new SaleWrites(handle).sellAtOnce(sale, stock)).as(change).isEmpty();
        handle.rollback();
      }
    }
    assertThat(sellAtOnce(sale)).isPresent();
  }

  @Test
  void aUsedKeyWritesNothing() {
    sellAtOnce(saleOf("a", 1));
    assertNothingIsWritten(saleOf("b", 1, "a", 1));
  }

  @Test
  void aSaleWithOrdersIsWrittenWhole() {
    assertThat(sellAtOnce(SampleSales.saleOf(stock, request(stock, "a", 1), hold(stock, "a", 2))))
        .hasValue(7);
    assertThat(rows("purchases")).isEqualTo(1);
    assertThat(rows("tickets")).isEqualTo(1);
    assertThat(
            rows(
                "orders WHERE state = 'HELD' AND quantity = 2 AND expires_at - created_at = '10m'"))
        .isEqualTo(1);
  }

  @Test
  void eventsOfRecordedTracesHaveTheirPlace() {
    String one = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    String other = "00-0af7651916cd43dd8448eb211c80319d-b7ad6b7169203332-01";
    sellAtOnce(
        SampleSales.saleOf(
            stock,
            request(stock, "a", 1).at(one),
            request(stock, "b", 1),
            hold(stock, "c", 1).at(other)));
    sellAtOnce(SampleSales.saleOf(stock, request(stock, "d", 1).at(one)));
    Sale locked =
        SampleSales.saleOf(stock, request(stock, "e", 1).at(other), hold(stock, "f", 1).at(one));
    database.jdbi().useTransaction(handle -> new SaleWrites(handle).write(locked));
    assertThat(rows("outbox WHERE type = 'purchase.made' AND traceparent = '%s'".formatted(one)))
        .isEqualTo(2);
    assertThat(rows("outbox WHERE type = 'purchase.made' AND traceparent = '%s'".formatted(other)))
        .isEqualTo(1);
    assertThat(
            rows(
                "outbox WHERE type = 'order.held' AND traceparent IN ('%s', '%s')"
                    .formatted(one, other)))
        .isEqualTo(2);
    assertThat(rows("outbox WHERE traceparent IS NULL")).isEqualTo(1);
  }

  @Test
  void aUsedKeyOfAnOrderWritesNothing() {
    sellAtOnce(SampleSales.saleOf(stock, hold(stock, "a", 1)));
    assertNothingIsWritten(SampleSales.saleOf(stock, request(stock, "b", 1), hold(stock, "a", 1)));
    assertThat(sellAtOnce(saleOf("a", 1))).as("keys of purchases are others").hasValue(8);
  }

  @Test
  void earlierResultsAreFoundUnderTheKeysOfTheirConcert() {
    sellAtOnce(SampleSales.saleOf(stock, request(stock, "a", 1), hold(stock, "a", 2)));
    Stock other = stockOf(10);
    database.jdbi().useTransaction(handle -> insert(handle, other));
    Earlier earlier =
        database
            .jdbi()
            .withHandle(
                handle ->
                    new SaleReads(handle, "")
                        .earlier(
                            BatchKeys.of(
                                List.of(
                                    request(stock, "a", 1),
                                    hold(stock, "a", 2),
                                    request(other, "a", 1)))));
    ConcertKey key = new ConcertKey(stock.concertId(), "a");
    assertThat(earlier.purchases()).containsOnlyKeys(key);
    assertThat(earlier.holds()).containsOnlyKeys(key);
    assertThat(earlier.holds().get(key).quantity()).isEqualTo(2);
  }

  @Test
  void aDeletedConcertWritesNothing() {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.createScript("DELETE FROM ticket_types; DELETE FROM concerts").execute());
    assertNothingIsWritten(saleOf("a", 1));
  }

  @Test
  void aSaleThatWasWrittenBeforeIsRejectedByItsIds() {
    Sale sale = saleOf(null, 2);
    CompletableFuture<OptionalInt> late;
    try (Handle handle = database.jdbi().open()) {
      handle.begin();
      handle.attach(PurchaseDao.class).lockStock(stock.ticketTypeId());
      late = CompletableFuture.supplyAsync(() -> sellAtOnce(sale));
      database.awaitLockWaiters(1);
      new SaleWrites(handle).writeAndCommit(sale);
    }
    assertThatThrownBy(late::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(TransactionException.class)
        .hasStackTraceContaining("duplicate key");
    assertThat(rows("purchases")).isEqualTo(1);
  }

  private void assertNothingIsWritten(Sale sale) {
    long purchases = rows("purchases");
    long tickets = rows("tickets");
    assertThat(sellAtOnce(sale)).isEmpty();
    assertThat(rows("purchases")).isEqualTo(purchases);
    assertThat(rows("tickets")).isEqualTo(tickets);
  }

  private OptionalInt sellAtOnce(Sale sale) {
    return database.jdbi().withHandle(handle -> new SaleWrites(handle).sellAtOnce(sale, stock));
  }

  private long rows(String table) {
    return database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one());
  }

  private Sale saleOf(String key, int quantity) {
    return SampleSales.saleOf(stock, request(stock, key, quantity));
  }

  private Sale saleOf(String key, int quantity, String otherKey, int otherQuantity) {
    return SampleSales.saleOf(
        stock, request(stock, key, quantity), request(stock, otherKey, otherQuantity));
  }
}
