package io.boxoffice.stress.bench.sql;

import io.boxoffice.stress.bench.safety.BenchException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/**
 * Counts the tickets that are sold or held in the database. A load that sold something twice or not
 * at all has no figures.
 */
public final class SalesCheck {
  private static final String COUNT =
      """
      SELECT coalesce(sum(sold.tickets), 0),
             count(*) FILTER (
               WHERE type.capacity - type.available <> coalesce(sold.tickets, 0))
      FROM ticket_types type
      LEFT JOIN (
        SELECT ticket_type_id, sum(tickets) AS tickets
        FROM (
          SELECT p.ticket_type_id, 1 AS tickets
          FROM purchases p JOIN tickets k ON k.purchase_id = p.id
          WHERE p.concert_id = ANY (?) AND p.status = 'CONFIRMED'
          UNION ALL
          SELECT ticket_type_id, quantity FROM orders
          WHERE concert_id = ANY (?) AND state IN ('HELD', 'PAYING')) taken
        GROUP BY ticket_type_id) sold ON sold.ticket_type_id = type.id
      WHERE type.concert_id = ANY (?)
      """;

  private static final int CONCERTS_IN_COUNT = 3;

  private final BenchDatabase database;

  /** Audits the given database. */
  public SalesCheck(BenchDatabase database) {
    this.database = database;
  }

  /**
   * Checks that every stock is correct, however many tickets are sold or held.
   *
   * @throws BenchException when that is not so
   */
  public void requireStocks(List<TicketTypeRef> types) {
    long off = count(types).stocksOff();
    if (off != 0) {
      throw new BenchException("Audit failed: %d stocks are off.".formatted(off));
    }
  }

  /**
   * Checks that exactly the given number of tickets are sold or held, and that every stock is
   * correct.
   *
   * @throws BenchException when that is not so
   */
  public void requireSold(List<TicketTypeRef> types, long tickets) {
    Taken taken = count(types);
    if (taken.tickets() != tickets || taken.stocksOff() != 0) {
      throw new BenchException(
          "Audit failed: %d tickets were acknowledged, %d are sold or held, and %d stocks are off."
              .formatted(tickets, taken.tickets(), taken.stocksOff()));
    }
  }

  /** How many tickets are sold or held, and how many stocks do not agree with that. */
  private record Taken(long tickets, long stocksOff) {}

  private Taken count(List<TicketTypeRef> types) {
    Object[] concerts =
        types.stream().map(TicketTypeRef::concertId).distinct().toArray(UUID[]::new);
    try (Connection connection = database.connect();
        PreparedStatement count = connection.prepareStatement(COUNT)) {
      for (int parameter = 1; parameter <= CONCERTS_IN_COUNT; parameter++) {
        count.setArray(parameter, connection.createArrayOf("uuid", concerts));
      }
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return new Taken(row.getLong(1), row.getLong(2));
      }
    } catch (SQLException cause) {
      throw new BenchException("The audit failed: " + cause.getMessage(), cause);
    }
  }

  /**
   * Checks that exactly the given number of unit rows were sold.
   *
   * @throws BenchException when that is not so
   */
  public void requireUnitsSold(long tickets) {
    try (Connection connection = database.connect();
        Statement count = connection.createStatement();
        ResultSet row =
            count.executeQuery("SELECT count(*) FROM bench_units WHERE purchase_id IS NOT NULL")) {
      row.next();
      if (row.getLong(1) != tickets) {
        throw new BenchException(
            "Audit failed: %d unit rows were acknowledged, %d are sold."
                .formatted(tickets, row.getLong(1)));
      }
    } catch (SQLException cause) {
      throw new BenchException("The audit failed: " + cause.getMessage(), cause);
    }
  }
}
