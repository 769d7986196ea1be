package io.boxoffice.purchase.store;

import static io.boxoffice.purchase.store.SampleSales.hold;
import static io.boxoffice.purchase.store.SampleSales.insert;
import static io.boxoffice.purchase.store.SampleSales.request;
import static io.boxoffice.purchase.store.SampleSales.saleOf;
import static io.boxoffice.purchase.store.SampleSales.stockOf;
import static io.boxoffice.testing.PartitionedTables.distribute;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.purchase.allocation.Sale;
import io.boxoffice.purchase.allocation.Stock;
import io.boxoffice.testing.PartitionedTables;
import io.boxoffice.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Distributes the tables over partitions by a hash of the concert, and counts the partitions that
 * the statements of a sale touch. PostgreSQL itself counts: a plan may also leave partitions out
 * while it runs.
 */
class PartitionedSalesDatabaseTest {
  private static final String TOUCHED =
      """
      SELECT parent.relname FROM pg_stat_xact_user_tables part
      JOIN pg_inherits i ON i.inhrelid = part.relid
      JOIN pg_class parent ON parent.oid = i.inhparent
      WHERE coalesce(seq_scan, 0) + coalesce(idx_scan, 0) + n_tup_ins + n_tup_upd > 0
      """;

  private final TestDatabase database = TestDatabase.migrated();
  private final Stock stock = stockOf(100);

  @BeforeEach
  void distributeAll() {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              distribute(handle, "concerts", "id", "PRIMARY KEY (id)");
              distribute(handle, "ticket_types", "concert_id", "PRIMARY KEY (concert_id, id)");
              distribute(handle, "tickets", "concert_id", "PRIMARY KEY (concert_id, id)");
              for (String keyed : List.of("purchases", "orders")) {
                distribute(
                    handle,
                    keyed,
                    "concert_id",
                    "PRIMARY KEY (concert_id, id), UNIQUE (idempotency_key, concert_id)");
              }
              insert(handle, stock);
            });
  }

  @Test
  void eachStatementOfASaleTouchesOnePartition() {
    UUID[] types = {stock.ticketTypeId()};
    Sale locked = saleOf(stock, request(stock, "a", 2), hold(stock, "a", 1));
    Sale atOnce = saleOf(stock, request(stock, "b", 2), hold(stock, "b", 1));
    Sale plain = saleOf(stock, request(stock, "c", 2));
    assertOnePartitionOf(
        List.of("concerts", "orders", "purchases", "ticket_types"),
        handle ->
            new SaleReads(handle, "")
                .lock(types, BatchKeys.of(List.of(request(stock, "a", 2), hold(stock, "a", 1)))));
    assertOnePartitionOf(
        List.of("concerts", "orders", "purchases", "ticket_types", "tickets"),
        handle -> new SaleWrites(handle).sellAtOnce(atOnce, stock));
    assertOnePartitionOf(
        List.of("concerts", "purchases", "ticket_types", "tickets"),
        handle -> new SaleWrites(handle).sellAtOnce(plain, stock));
    assertOnePartitionOf(
        List.of("orders", "purchases", "ticket_types", "tickets"),
        handle -> new SaleWrites(handle).write(locked));
  }

  @Test
  void aStatementThatDoesNotNameTheConcertTouchesAllPartitions() {
    try (Handle handle = database.jdbi().open()) {
      handle.begin();
      handle.execute("SELECT id FROM purchases WHERE idempotency_key = 'a'");
      assertThat(touched(handle)).hasSize(PartitionedTables.PARTITIONS);
      handle.rollback();
    }
  }

  private interface Statement {
    void runOn(Handle handle);
  }

  /** Runs a statement twice, because PostgreSQL plans the first run and keeps the plan. */
  private void assertOnePartitionOf(List<String> tables, Statement statement) {
    try (Handle handle = database.jdbi().open()) {
      for (int run = 0; run < 2; run++) {
        handle.begin();
        statement.runOn(handle);
        assertThat(touched(handle)).containsExactlyInAnyOrderElementsOf(tables);
        handle.rollback();
      }
    }
  }

  private static List<String> touched(Handle handle) {
    return handle.createQuery(TOUCHED).mapTo(String.class).list();
  }
}
