package io.boxoffice.purchase.store;

import java.time.Duration;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * Holds the SQL that erases old idempotency keys. Ids begin with their time in milliseconds (RFC
 * 9562, UUID version 7), so old rows are found by their ids, and a sale pays for no further index.
 * The time is the database's.
 */
public interface OldKeysDao {

  /**
   * Erases the keys of the next old rows of a table, and notes how far it came. The lock of that
   * note lets one replica at a time do it.
   *
   * @param table {@code purchases} or {@code orders}
   * @return how many rows were looked at; 0 also while another replica works
   */
  @SqlQuery(
      """
      WITH place AS (
        SELECT erased_to FROM key_erasures WHERE name = :table FOR UPDATE SKIP LOCKED
      ), old AS (
        SELECT id FROM <table>
        WHERE id > (SELECT erased_to FROM place)
          AND id < CAST(lpad(to_hex(CAST(extract(epoch FROM now() - :age) * 1000 AS bigint)), 12, '0')
                        || repeat('0', 20) AS uuid)
        ORDER BY id LIMIT :limit
      ), erased AS (
        UPDATE <table> SET idempotency_key = NULL
        WHERE id = ANY (ARRAY(SELECT id FROM old)) AND idempotency_key IS NOT NULL
      ), noted AS (
        UPDATE key_erasures SET erased_to = last.id
        FROM (SELECT id FROM old ORDER BY id DESC LIMIT 1) last WHERE name = :table
      )
      SELECT count(*) FROM old
      """)
  int erase(@Define @Bind String table, Duration age, int limit);
}
