package io.boxoffice.stress.bench.sql;

import io.boxoffice.stress.bench.safety.BenchException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The compared ways to sell one ticket type under load; each is measured in the same way. */
public final class Ways {
  private static final int CONNECTIONS = 32;

  /** The name of baseline A in all sections. */
  public static final String BASELINE = "A (JDBC)";

  /**
   * One of them.
   *
   * @param connections how many sell at the same time; a batch has one worker
   */
  public record Named(String name, int connections, Seller.Way way) {}

  private Ways() {}

  /** Baseline A on so many connections. */
  public static Named baseline(int connections) {
    return new Named(BASELINE, connections, OneByOne::withRowLock);
  }

  /** Baseline A on its usual connections. */
  public static Named baseline() {
    return baseline(CONNECTIONS);
  }

  /** All that sell from the stock row. */
  public static List<Named> fromStock() {
    return List.of(
        baseline(),
        new Named("one statement a purchase", CONNECTIONS, OneStatement::fromStock),
        new Named("advisory lock", CONNECTIONS, OneByOne::withAdvisoryLock),
        batches(16),
        batches(64),
        batches(256));
  }

  /** One row for each ticket; needs {@link #prepareUnits}. */
  public static Named fromUnits() {
    return new Named("unit rows, SKIP LOCKED", CONNECTIONS, OneStatement::fromUnits);
  }

  /** Makes unit rows for a ticket type, in a table of the benchmark's own. */
  public static void prepareUnits(BenchDatabase database, TicketTypeRef type, int count) {
    database.execute(
        "DROP TABLE IF EXISTS bench_units",
        """
        CREATE TABLE bench_units (
          id bigint PRIMARY KEY, concert_id uuid NOT NULL, ticket_type_id uuid NOT NULL,
          ticket_id uuid UNIQUE, purchase_id uuid REFERENCES purchases (id))
        """);
    try (Connection connection = database.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO bench_units SELECT n, ?, ?, NULL, NULL FROM generate_series(1, ?) n")) {
      insert.setObject(1, type.concertId());
      insert.setObject(2, type.id());
      insert.setInt(3, count);
      insert.executeUpdate();
    } catch (SQLException cause) {
      throw new BenchException("The database reported an error: " + cause.getMessage(), cause);
    }
    database.execute(
        "CREATE INDEX ON bench_units (ticket_type_id, id) WHERE purchase_id IS NULL",
        "CREATE INDEX ON bench_units (purchase_id)",
        "VACUUM ANALYZE bench_units");
  }

  private static Named batches(int size) {
    return new Named(
        "batches of " + size, 1, (connection, type) -> new Batches(connection, type, size));
  }
}
