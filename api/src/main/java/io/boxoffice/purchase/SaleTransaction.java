package io.boxoffice.purchase;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.platform.database.SqlState;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Settles a batch in one PostgreSQL transaction. Where everybody should get what he wants of one
 * ticket type, by what is remembered of it, that is one statement, which verifies the memory. Else
 * it takes two round trips: lock the stock rows and look the keys up; write everything and commit.
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
  public Settled settle(List<PurchaseRequest> requests, Map<UUID, Stock> remembered) {
    UUID[] types =
        requests.stream()
            .map(PurchaseRequest::ticketTypeId)
            .distinct()
            .filter(type -> !remembered.containsKey(type) || !remembered.get(type).isSoldOut())
            .toArray(UUID[]::new);
    try (Handle handle = jdbi.open()) {
      if (types.length == 0) {
        Map<String, PurchaseRow> earlier =
            new SaleStatements(handle).purchasesMadeUnder(keysOf(requests));
        return new Settled(decide(remembered, requests, earlier).verdicts(), List.of());
      }
      if (types.length == 1) {
        Sale sale = decide(remembered, requests, Map.of());
        if (sale.isToEverybody()) {
          Optional<Stock> left = sellAtOnce(handle, sale, remembered.get(types[0]), requests);
          if (left.isPresent()) {
            return new Settled(sale.verdicts(), List.of(left.get()));
          }
        }
      }
      return lockAndSettle(handle, types, requests, remembered);
    }
  }

  private Optional<Stock> sellAtOnce(
      Handle handle, Sale sale, Stock stock, List<PurchaseRequest> requests) {
    try {
      OptionalInt left = new SaleWrites(handle).sellAtOnce(sale, stock);
      return left.isPresent()
          ? Optional.of(stock.withAvailable(left.getAsInt()))
          : Optional.empty();
    } catch (JdbiException failure) {
      if (SqlState.of(failure).isRolledBack()) {
        throw failure;
      }
      return Optional.of(findOrSellAgain(sale, stock.ticketTypeId(), requests, failure));
    }
  }

  /**
   * Brings a sale to its end whose one statement was not answered. It held no lock for sure, and
   * may even begin after it is looked for: not to find it proves nothing. It is therefore written
   * once more under the same ids, of which the database takes each only once.
   */
  private Stock findOrSellAgain(
      Sale sale, UUID type, List<PurchaseRequest> requests, JdbiException failure) {
    try {
      return jdbi.inTransaction(
          handle -> {
            SaleStatements.Locked locked =
                new SaleStatements(handle).lock(new UUID[] {type}, keysOf(requests));
            if (handle.attach(PurchaseDao.class).count(sale.purchaseIds()) > 0) {
              return locked.stocks().get(0);
            }
            if (!decide(byId(locked.stocks()), requests, locked.earlier()).isToEverybody()) {
              throw new OutcomeUnknownException(failure); // Nor may anybody be refused.
            }
            new SaleWrites(handle).write(sale);
            return sale.takenFrom(locked.stocks().get(0));
          });
    } catch (JdbiException again) {
      failure.addSuppressed(again);
      throw new OutcomeUnknownException(failure);
    }
  }

  private Settled lockAndSettle(
      Handle handle, UUID[] types, List<PurchaseRequest> requests, Map<UUID, Stock> remembered) {
    handle.begin();
    try {
      SaleStatements.Locked locked = new SaleStatements(handle).lock(types, keysOf(requests));
      Map<UUID, Stock> stocks = new HashMap<>(remembered);
      List.of(types).forEach(stocks::remove);
      stocks.putAll(byId(locked.stocks()));
      Sale sale = decide(stocks, requests, locked.earlier());
      commit(handle, sale, types);
      return new Settled(sale.verdicts(), locked.stocks().stream().map(sale::takenFrom).toList());
    } catch (RuntimeException | Error failure) {
      rollBack(handle, failure);
      throw failure;
    }
  }

  private static Map<UUID, Stock> byId(List<Stock> stocks) {
    return stocks.stream().collect(Collectors.toMap(Stock::ticketTypeId, Function.identity()));
  }

  private Sale decide(
      Map<UUID, Stock> stocks, List<PurchaseRequest> requests, Map<String, PurchaseRow> earlier) {
    return Sale.of(
        Allocation.decide(stocks, requests, earlier), stocks, clock.instant(), ids::generate);
  }

  private void commit(Handle handle, Sale sale, UUID[] types) {
    try {
      new SaleWrites(handle).writeAndCommit(sale);
    } catch (JdbiException failure) {
      rollBack(handle, failure); // A lock that is still held would keep the look-up waiting.
      if (SqlState.of(failure).isRolledBack() || !wasCommitted(types, sale, failure)) {
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
