package io.boxoffice.purchase.store;

import static io.boxoffice.purchase.store.PlainJdbc.bigints;
import static io.boxoffice.purchase.store.PlainJdbc.integers;
import static io.boxoffice.purchase.store.PlainJdbc.texts;
import static io.boxoffice.purchase.store.PlainJdbc.times;
import static io.boxoffice.purchase.store.PlainJdbc.uuids;

import io.boxoffice.purchase.allocation.Hold;
import io.boxoffice.purchase.allocation.Purchase;
import io.boxoffice.purchase.allocation.Sale;
import io.boxoffice.purchase.allocation.Stock;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;

/** Writes a sale, so that a whole batch costs one round trip. */
final class SaleWrites {
  private final Handle handle;

  SaleWrites(Handle handle) {
    this.handle = handle;
  }

  /**
   * Writes a sale of stock that is locked.
   *
   * @throws TransactionException when the database fails or rejects the statement; all methods here
   *     throw it
   */
  void write(Sale sale) {
    PlainJdbc.run(
        handle, SaleStatements.of(sale).write(sale), statement -> bindAndExecute(statement, sale));
  }

  /** Writes a sale of stock that is locked, and commits, in one round trip. */
  void writeAndCommit(Sale sale) {
    if (!sale.isEmpty()) {
      PlainJdbc.run(
          handle,
          SaleStatements.of(sale).write(sale) + ";COMMIT",
          statement -> bindAndExecute(statement, sale));
    }
    handle.commit(); // Sends nothing if the statement above has committed already.
  }

  /**
   * Writes a sale of one ticket type without a lock taken before. It writes nothing unless the
   * sales window, the limit and the home are unchanged since the decision, enough tickets are left,
   * and no key was used before. Outside a transaction it also commits, in one round trip.
   *
   * @param stock the stock of the decision; its number of available tickets is not used
   * @return how many tickets are left, or empty when nothing was written
   */
  OptionalInt sellAtOnce(Sale sale, Stock stock) {
    List<Integer> left = new ArrayList<>(1);
    PlainJdbc.run(
        handle,
        SaleStatements.of(sale).sellAtOnce(),
        statement -> {
          int tickets = sale.taken().get(stock.ticketTypeId());
          statement.setInt(1, tickets);
          statement.setObject(2, stock.concertId());
          statement.setObject(3, stock.ticketTypeId());
          statement.setInt(4, tickets);
          statement.setLong(5, stock.epoch());
          statement.setInt(6, stock.maxPerPurchase());
          statement.setObject(7, utc(stock.salesOpenAt()));
          statement.setObject(8, utc(stock.salesCloseAt()));
          statement.setArray(9, texts(statement, sale.purchases().usedKeys()));
          int next = 10;
          if (sale.hasHolds()) {
            statement.setArray(next++, texts(statement, sale.holds().usedKeys()));
          }
          setRows(statement, next, sale);
          statement.execute();
          statement.getMoreResults(); // Skips the result of the settings.
          try (ResultSet taken = statement.getResultSet()) {
            if (taken.next()) {
              left.add(taken.getInt(1));
            }
          }
        });
    return left.stream().mapToInt(Integer::intValue).findFirst();
  }

  private static void bindAndExecute(PreparedStatement statement, Sale sale) throws SQLException {
    int next = setRows(statement, 1, sale);
    UUID[] types = sale.taken().keySet().toArray(UUID[]::new);
    statement.setArray(next++, integers(statement, sale.taken().values().stream()));
    statement.setArray(next++, uuids(statement, types));
    Concerts.set(statement, next++, sale.concerts());
    statement.setArray(next, uuids(statement, types));
    statement.execute();
  }

  private static int setRows(PreparedStatement statement, int first, Sale sale)
      throws SQLException {
    int next = setPurchasesAndTickets(statement, first, sale);
    return sale.hasHolds() ? setOrders(statement, next, sale) : next;
  }

  private static int setPurchasesAndTickets(PreparedStatement statement, int first, Sale sale)
      throws SQLException {
    List<Purchase> purchases = sale.purchases().rows();
    List<UUID> tickets = new ArrayList<>();
    List<UUID> purchasesOfTickets = new ArrayList<>();
    List<UUID> concertsOfTickets = new ArrayList<>();
    for (Purchase purchase : purchases) {
      for (UUID ticket : purchase.ticketIds()) {
        tickets.add(ticket);
        purchasesOfTickets.add(purchase.id());
        concertsOfTickets.add(purchase.concertId());
      }
    }
    int next = first;
    statement.setObject(next++, utc(sale.soldAt()));
    statement.setArray(next++, uuids(statement, purchases.stream().map(Purchase::id)));
    statement.setArray(next++, uuids(statement, purchases.stream().map(Purchase::concertId)));
    statement.setArray(next++, uuids(statement, purchases.stream().map(Purchase::ticketTypeId)));
    statement.setArray(next++, texts(statement, purchases.stream().map(Purchase::email)));
    statement.setArray(next++, integers(statement, purchases.stream().map(Purchase::quantity)));
    statement.setArray(next++, texts(statement, sale.purchases().keys().stream()));
    if (sale.hasHolds() || sale.hasAccounts()) {
      statement.setArray(next++, uuids(statement, purchases.stream().map(Purchase::accountId)));
    }
    statement.setArray(next++, uuids(statement, tickets.stream()));
    statement.setArray(next++, uuids(statement, purchasesOfTickets.stream()));
    statement.setArray(next++, uuids(statement, concertsOfTickets.stream()));
    return setTraces(statement, next, sale);
  }

  private static int setOrders(PreparedStatement statement, int first, Sale sale)
      throws SQLException {
    List<Hold> holds = sale.holds().rows();
    int next = first;
    statement.setObject(next++, utc(sale.soldAt()));
    statement.setObject(next++, utc(sale.soldAt()));
    statement.setArray(next++, uuids(statement, holds.stream().map(Hold::id)));
    statement.setArray(next++, uuids(statement, holds.stream().map(Hold::concertId)));
    statement.setArray(next++, uuids(statement, holds.stream().map(Hold::ticketTypeId)));
    statement.setArray(next++, texts(statement, holds.stream().map(Hold::email)));
    statement.setArray(next++, integers(statement, holds.stream().map(Hold::quantity)));
    statement.setArray(
        next++, bigints(statement, holds.stream().map(hold -> hold.total().amount())));
    statement.setArray(
        next++, texts(statement, holds.stream().map(hold -> hold.total().currency())));
    statement.setArray(next++, texts(statement, sale.holds().keys().stream()));
    statement.setArray(next++, uuids(statement, holds.stream().map(Hold::accountId)));
    statement.setArray(next++, times(statement, holds.stream().map(Hold::expiresAt)));
    return setTraces(statement, next, sale);
  }

  private static int setTraces(PreparedStatement statement, int first, Sale sale)
      throws SQLException {
    int next = first;
    if (sale.isTraced()) {
      statement.setArray(next++, texts(statement, sale.traceparents().values().stream()));
      statement.setArray(next++, uuids(statement, sale.traceparents().keySet().stream()));
    }
    return next;
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
