package io.boxoffice.stress.bench.sql;

import io.boxoffice.stress.bench.safety.BenchException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads how the orders of a ticket type ended, and compares them with answers and charges. */
public final class OrderCheck {
  private static final String ORDERS =
      """
      SELECT o.id, o.state, count(k.id) = o.quantity AND bool_and(p.status = 'CONFIRMED') AS sold
      FROM orders o
      LEFT JOIN purchases p ON p.concert_id = o.concert_id AND p.id = o.id
      LEFT JOIN tickets k ON k.purchase_id = p.id
      WHERE o.concert_id = ?
      GROUP BY o.concert_id, o.id, o.state, o.quantity
      """;

  private final BenchDatabase database;

  /** Reads the given database. */
  public OrderCheck(BenchDatabase database) {
    this.database = database;
  }

  /**
   * The orders of a concert.
   *
   * @param sold those that are CONFIRMED and have their purchase with all tickets
   * @param wrong how many are CONFIRMED without, or are not CONFIRMED and have tickets
   * @param paying how many wait for the partner
   */
  public record Orders(Set<UUID> sold, long wrong, long paying) {

    /**
     * How many orders are lost: acknowledged and not sold, sold without a charge or with two,
     * charged and not sold, or without an end.
     *
     * @param acknowledged how many answers said that an order is CONFIRMED
     * @param charges the order of each charge
     */
    public long lost(long acknowledged, Collection<UUID> charges) {
      Map<UUID, Integer> charged = new HashMap<>();
      charges.forEach(order -> charged.merge(order, 1, Integer::sum));
      long unpaid = sold.stream().filter(order -> charged.getOrDefault(order, 0) != 1).count();
      long unsold = charged.keySet().stream().filter(order -> !sold.contains(order)).count();
      return Math.max(0, acknowledged - sold.size()) + unpaid + unsold + wrong + paying;
    }
  }

  /** Reads the orders of the concert of a ticket type. */
  public Orders of(TicketTypeRef type) {
    Set<UUID> sold = new HashSet<>();
    long wrong = 0;
    long paying = 0;
    try (Connection connection = database.connect();
        PreparedStatement select = connection.prepareStatement(ORDERS)) {
      select.setObject(1, type.concertId());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          boolean confirmed = rows.getString(2).equals("CONFIRMED");
          if (confirmed && rows.getBoolean(3)) {
            sold.add(rows.getObject(1, UUID.class));
          } else if (confirmed || rows.getBoolean(3)) {
            wrong++;
          } else if (List.of("PAYING", "REFUNDING").contains(rows.getString(2))) {
            paying++;
          }
        }
      }
    } catch (SQLException cause) {
      throw new BenchException("The audit failed: " + cause.getMessage(), cause);
    }
    return new Orders(sold, wrong, paying);
  }
}
