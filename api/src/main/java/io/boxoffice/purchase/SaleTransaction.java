package io.boxoffice.purchase;

import com.fasterxml.uuid.NoArgGenerator;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Settles a batch in one PostgreSQL transaction of two round trips: lock the stock rows and look
 * the keys up; write everything and commit.
 */
public final class SaleTransaction implements Sales {
  private final Jdbi jdbi;
  private final Clock clock;
  private final NoArgGenerator ids;

  /** Sells from the given database; ids must not be guessable, for they are what buyers show. */
  public SaleTransaction(Jdbi jdbi, Clock clock, NoArgGenerator ids) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Settled settle(List<PurchaseRequest> requests, Map<UUID, Stock> soldOut) {
    UUID[] types =
        requests.stream()
            .map(PurchaseRequest::ticketTypeId)
            .distinct()
            .filter(type -> !soldOut.containsKey(type))
            .toArray(UUID[]::new);
    String[] keys = keysOf(requests);
    try (Handle handle = jdbi.open()) {
      SaleStatements statements = new SaleStatements(handle);
      if (types.length == 0) {
        Map<String, PurchaseRow> earlier = statements.purchasesMadeUnder(keys);
        return new Settled(decide(soldOut, requests, earlier).verdicts(), List.of());
      }
      handle.begin();
      try {
        SaleStatements.Locked locked = statements.lock(types, keys);
        Map<UUID, Stock> stocks = new HashMap<>(soldOut);
        locked.stocks().forEach(stock -> stocks.put(stock.ticketTypeId(), stock));
        Sale sale = decide(stocks, requests, locked.earlier());
        commit(handle, sale, types);
        return new Settled(sale.verdicts(), locked.stocks().stream().map(sale::takenFrom).toList());
      } catch (RuntimeException | Error failure) {
        rollBack(handle, failure);
        throw failure;
      }
    }
  }

  private Sale decide(
      Map<UUID, Stock> stocks, List<PurchaseRequest> requests, Map<String, PurchaseRow> earlier) {
    return Sale.of(
        Settlement.decide(stocks, requests, earlier), stocks, clock.instant(), ids::generate);
  }

  private void commit(Handle handle, Sale sale, UUID[] types) {
    try {
      new SaleStatements(handle).writeAndCommit(sale);
    } catch (JdbiException failure) {
      rollBack(handle, failure); // A lock that is still held would keep the look-up waiting.
      if (PostgresFailure.isAnswered(failure) || !wasCommitted(types, sale, failure)) {
        throw failure;
      }
    }
  }

  static String[] keysOf(List<PurchaseRequest> requests) {
    return requests.stream()
        .filter(request -> request.key() != null)
        .map(request -> request.key().value())
        .distinct()
        .toArray(String[]::new);
  }

  /** Ends the transaction where it has not ended; if the connection is gone, the server does so. */
  private static void rollBack(Handle handle, Throwable cause) {
    try {
      if (handle.isInTransaction()) {
        handle.rollback();
      }
    } catch (JdbiException gone) {
      cause.addSuppressed(gone);
    }
  }

  /**
   * Looks up what became of a transaction whose commit was not confirmed. It held the stock rows'
   * locks, so whoever gets those locks afterwards sees its end, whichever it was.
   */
  private boolean wasCommitted(UUID[] types, Sale sale, JdbiException failure) {
    if (sale.isEmpty()) {
      return true; // Nothing was to be written.
    }
    try {
      return jdbi.inTransaction(
          handle -> {
            new SaleStatements(handle).lock(types, new String[0]);
            return handle.attach(PurchaseDao.class).count(sale.purchaseIds()) > 0;
          });
    } catch (JdbiException lookupFailed) {
      failure.addSuppressed(lookupFailed);
      throw new OutcomeUnknownException(failure);
    }
  }
}
