package io.boxoffice.purchase.store;

import static io.boxoffice.purchase.store.SampleSales.insert;
import static io.boxoffice.purchase.store.SampleSales.request;
import static io.boxoffice.purchase.store.SampleSales.saleOf;
import static io.boxoffice.purchase.store.SampleSales.stockOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.purchase.allocation.Stock;
import io.boxoffice.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Checks that plans that PostgreSQL made for empty tables are still good for full tables. */
class SalePlansDatabaseTest {
  private static final UUID NO_CONCERT = new UUID(0, 0);

  private final TestDatabase database = TestDatabase.migrated();

  @Test
  void aPlanMadeForEmptyTablesScansNoTable() {
    try (Handle handle = database.jdbi().open()) {
      handle.execute("ANALYZE");
      handle.begin();
      new SaleReads(handle, "")
          .lock(new UUID[] {UUID.randomUUID()}, BatchKeys.of(List.of(request(stockOf(1), "a", 1))));
      List<String> transaction =
          handle
              .createQuery(
                  "SELECT name FROM pg_prepared_statements"
                      + " WHERE generic_plans > 0 AND statement ~ 'ticket_types|purchases'")
              .mapTo(String.class)
              .list();
      assertThat(transaction).hasSize(2);
      for (String statement : transaction) {
        assertThat(planOf(handle, "EXECUTE \"%s\"('%s', '{}')".formatted(statement, NO_CONCERT)))
            .doesNotContain("Seq Scan")
            .as("the index of a concert has all its purchases")
            .doesNotContain("purchases_by_concert");
      }
      handle.rollback();
      assertThat(planOf(handle, "SELECT id FROM purchases WHERE idempotency_key = ANY ('{a,b,c}')"))
          .as("what would be kept without the setting")
          .contains("Seq Scan");
    }
  }

  @Test
  void aSaleReadsOnlyItsOwnTicketTypesAndConcerts() {
    Stock sold = stockOf(10);
    try (Handle handle = database.jdbi().open()) {
      handle.useTransaction(first -> insert(first, sold));
      handle.execute("ANALYZE");
      handle.useTransaction(
          transaction -> sell(transaction, sold)); // The session keeps these plans.
      insertMoreConcerts(handle);

      handle.begin();
      long before = rowsRead(handle);
      sell(handle, sold);
      assertThat(rowsRead(handle) - before).isBetween(3L, 30L);
      handle.rollback();
    }
  }

  private static void insertMoreConcerts(Handle handle) {
    handle.useTransaction(
        more -> Stream.generate(() -> stockOf(10)).limit(50).forEach(stock -> insert(more, stock)));
  }

  /** Sells one purchase in each of the two ways. */
  private static void sell(Handle handle, Stock stock) {
    new SaleReads(handle, "")
        .lock(new UUID[] {stock.ticketTypeId()}, BatchKeys.of(List.of(request(stock, "a-key", 1))));
    new SaleWrites(handle).write(saleOf(stock, request(stock, null, 1)));
    assertThat(new SaleWrites(handle).sellAtOnce(saleOf(stock, request(stock, null, 1)), stock))
        .isPresent();
  }

  private static long rowsRead(Handle handle) {
    return handle
        .createQuery(
            "SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_xact_user_tables"
                + " WHERE relname IN ('ticket_types', 'concerts')")
        .mapTo(Long.class)
        .one();
  }

  private static String planOf(Handle handle, String statement) {
    return String.join("\n", handle.createQuery("EXPLAIN " + statement).mapTo(String.class).list());
  }
}
