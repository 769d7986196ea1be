package io.boxoffice.purchase;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Plans that are kept were made when the tables were empty, and must be good when they are not. */
class SalePlansDatabaseTest {
  private final TestDatabase database = TestDatabase.migrated();

  @Test
  void aPlanMadeForEmptyTablesScansNone() {
    try (Handle handle = database.jdbi().open()) {
      handle.execute("ANALYZE");
      handle.begin();
      new SaleStatements(handle).lock(new UUID[] {UUID.randomUUID()}, new String[] {"a-key"});
      List<String> kept =
          handle
              .createQuery(
                  "SELECT name FROM pg_prepared_statements"
                      + " WHERE generic_plans > 0 AND statement ~ 'ticket_types|purchases'")
              .mapTo(String.class)
              .list();
      assertThat(kept).hasSize(2);
      assertThat(planOf(handle, "EXECUTE \"" + kept.get(0) + "\"('{}')"))
          .doesNotContain("Seq Scan");
      assertThat(planOf(handle, "EXECUTE \"" + kept.get(1) + "\"('{}')"))
          .doesNotContain("Seq Scan");
      handle.rollback();
      assertThat(planOf(handle, "SELECT id FROM purchases WHERE idempotency_key = ANY ('{a,b,c}')"))
          .as("what would be kept without the setting")
          .contains("Seq Scan");
    }
  }

  private static String planOf(Handle handle, String statement) {
    return String.join("\n", handle.createQuery("EXPLAIN " + statement).mapTo(String.class).list());
  }
}
