package io.boxoffice.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.spi.JdbiPlugin;

/**
 * Distributes tables over partitions, and counts how many partitions each statement of a
 * transaction touches. PostgreSQL itself counts, because a plan may also leave partitions out while
 * it runs.
 */
public final class PartitionedTables implements JdbiPlugin {
  /** How many partitions each table gets. */
  public static final int PARTITIONS = 4;

  private static final String COUNTS =
      """
      SELECT parent.relname, part.relname,
             coalesce(seq_scan, 0) + coalesce(idx_scan, 0) + n_tup_ins + n_tup_upd + n_tup_del
      FROM pg_stat_xact_user_tables part
      JOIN pg_inherits i ON i.inhrelid = part.relid
      JOIN pg_class parent ON parent.oid = i.inhparent
      """;

  private record Partition(String table, String name) {}

  private final Map<String, Integer> most = new ConcurrentHashMap<>();

  /**
   * Replaces a table by an empty one with partitions.
   *
   * @param column selects the partition by its hash
   * @param keys the keys of the table, or empty text
   */
  public static void distribute(Handle handle, String table, String column, String keys) {
    handle.execute("ALTER TABLE %1$s RENAME TO %1$s_whole".formatted(table));
    handle.execute(
        "CREATE TABLE %1$s (LIKE %1$s_whole INCLUDING DEFAULTS%2$s) PARTITION BY HASH (%3$s)"
            .formatted(table, keys.isEmpty() ? "" : ", " + keys, column));
    for (int part = 0; part < PARTITIONS; part++) {
      handle.execute(
          "CREATE TABLE %1$s_%3$d PARTITION OF %1$s FOR VALUES WITH (MODULUS %2$d, REMAINDER %3$d)"
              .formatted(table, PARTITIONS, part));
    }
  }

  /**
   * Returns the most partitions of one table that a run of each statement touched. The keys are the
   * texts of the statements.
   */
  public Map<String, Integer> mostTouched() {
    return new TreeMap<>(most);
  }

  @Override
  public Connection customizeConnection(Connection connection) {
    return new Watch(connection).customizeConnection(connection);
  }

  private final class Watch extends InterceptedSql {
    private final Connection connection;
    private Map<Partition, Long> before = Map.of();

    Watch(Connection connection) {
      this.connection = connection;
    }

    @Override
    protected void before(String sql) throws SQLException {
      before = connection.getAutoCommit() ? Map.of() : counts();
    }

    @Override
    protected void after(String sql) throws SQLException {
      if (connection.getAutoCommit()) {
        return;
      }
      Map<String, Integer> touched = new HashMap<>();
      counts()
          .forEach(
              (partition, count) -> {
                if (count > before.getOrDefault(partition, 0L)) {
                  touched.merge(partition.table(), 1, Integer::sum);
                }
              });
      int highest = touched.values().stream().mapToInt(Integer::intValue).max().orElse(0);
      most.merge(sql.replaceAll("\\s+", " "), highest, Math::max);
    }

    private Map<Partition, Long> counts() throws SQLException {
      Map<Partition, Long> counts = new HashMap<>();
      try (var statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(COUNTS)) {
        while (rows.next()) {
          counts.put(new Partition(rows.getString(1), rows.getString(2)), rows.getLong(3));
        }
      }
      return counts;
    }
  }
}
