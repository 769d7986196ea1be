package io.boxoffice.purchase.store;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.platform.database.DatabaseProblemMapper;
import io.boxoffice.platform.database.SqlState;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.purchase.allocation.Allocation;
import io.boxoffice.purchase.allocation.Earlier;
import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Sale;
import io.boxoffice.purchase.allocation.Stock;
import io.boxoffice.purchase.allocation.Verdict;
import io.boxoffice.purchase.desk.SaleFailedException;
import io.boxoffice.purchase.desk.SaleFailedException.Reason;
import io.boxoffice.purchase.desk.Sales;
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
 * Sells a batch in one PostgreSQL transaction, so that stock and purchases always agree.
 *
 * <p>If the remembered stock of one ticket type covers every request of the batch, the transaction
 * is one statement, which also verifies that stock. Otherwise it takes two round trips: the first
 * locks the stock rows and looks the keys up, the second writes everything and commits.
 */
public final class SaleTransaction implements Sales {
  private final Jdbi jdbi;
  private final Clock clock;
  private final NoArgGenerator ids;
  private final String site;

  /**
   * Sells from the given database. The ids must be impossible to guess, because a purchase's id
   * alone gives access to it.
   *
   * @param site the name of this site, which sells the concerts that have their home here; empty
   *     for a shop of one site
   */
  public SaleTransaction(Jdbi jdbi, Clock clock, NoArgGenerator ids, String site) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.ids = ids;
    this.site = site;
  }

  @Override
  public Result sell(List<PurchaseRequest> requests, Map<UUID, Stock> remembered) {
    try {
      return sellOrFail(requests, remembered);
    } catch (JdbiException failure) {
      throw new SaleFailedException(
          reasonOf(SqlState.of(failure)), failure, () -> DatabaseProblemMapper.translate(failure));
    }
  }

  private static Reason reasonOf(SqlState state) {
    if (!state.isRolledBack()) {
      return Reason.NOT_WRITTEN; // After a write, sellAtOnce and write below find out.
    }
    return state.isOfData() ? Reason.DATA_REJECTED : Reason.BATCH_REJECTED;
  }

  private static SaleFailedException outcomeUnknown(JdbiException failure) {
    return new SaleFailedException(
        Reason.OUTCOME_UNKNOWN,
        failure,
        () ->
            ProblemException.retryable(
                ProblemCode.OUTCOME_UNKNOWN,
                "The commit was not confirmed. A retry with the same Idempotency-Key is safe; without a"
                    + " key, a retry may buy twice.",
                1));
  }

  private Result sellOrFail(List<PurchaseRequest> requests, Map<UUID, Stock> remembered) {
    UUID[] types =
        requests.stream()
            .map(PurchaseRequest::ticketTypeId)
            .distinct()
            .filter(type -> !remembered.containsKey(type) || !remembered.get(type).isSoldOut())
            .toArray(UUID[]::new);
    try (Handle handle = jdbi.open()) {
      if (types.length == 0) {
        Earlier earlier = new SaleReads(handle, site).earlier(BatchKeys.of(requests));
        List<Verdict> verdicts = decide(remembered, requests, earlier).verdicts();
        confirmEarlier(handle, verdicts);
        return new Result(verdicts, List.of());
      }
      if (types.length == 1 && remembered.containsKey(types[0])) {
        Sale sale = decide(remembered, requests, Earlier.NONE);
        if (sale.isComplete()) {
          Optional<Stock> left = sellAtOnce(handle, sale, remembered.get(types[0]), requests);
          if (left.isPresent()) {
            return new Result(sale.verdicts(), List.of(left.get()));
          }
        }
      }
      return lockAndSell(handle, types, requests, remembered);
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
   * Completes a sale whose single statement got no answer from the server. The statement may not
   * have held a lock yet, and may even start after this look-up. A look-up that finds no purchase
   * therefore proves nothing. This method writes the sale once more under the same ids; the
   * database accepts each id only once.
   */
  private Stock findOrSellAgain(
      Sale sale, UUID type, List<PurchaseRequest> requests, JdbiException failure) {
    try {
      return jdbi.inTransaction(
          handle -> {
            SaleReads.Locked locked =
                new SaleReads(handle, site).lock(new UUID[] {type}, BatchKeys.of(requests));
            if (handle.attach(PurchaseDao.class).count(sale.ids()) > 0) {
              confirm(handle, sale, locked.stocks(), failure);
              return locked.stocks().get(0);
            }
            if (!decide(byId(locked.stocks()), requests, locked.earlier()).isComplete()) {
              // The first statement may still commit, so no request may be rejected either.
              throw outcomeUnknown(failure);
            }
            new SaleWrites(handle).write(sale);
            return after(sale, locked.stocks().get(0));
          });
    } catch (JdbiException again) {
      failure.addSuppressed(again);
      throw outcomeUnknown(failure);
    }
  }

  private Result lockAndSell(
      Handle handle, UUID[] types, List<PurchaseRequest> requests, Map<UUID, Stock> remembered) {
    handle.begin();
    try {
      SaleReads.Locked locked = new SaleReads(handle, site).lock(types, BatchKeys.of(requests));
      Map<UUID, Stock> stocks = new HashMap<>(remembered);
      List.of(types).forEach(stocks::remove);
      stocks.putAll(byId(locked.stocks()));
      Sale sale = decide(stocks, requests, locked.earlier());
      confirmEarlier(handle, sale.verdicts());
      writeAndCommit(handle, sale, types, requests);
      return new Result(
          sale.verdicts(), locked.stocks().stream().map(stock -> after(sale, stock)).toList());
    } catch (RuntimeException | Error failure) {
      rollBack(handle, failure);
      throw failure;
    }
  }

  /** A sale that is repeated is confirmed again, so the other site must have it too. */
  private void confirmEarlier(Handle handle, List<Verdict> verdicts) {
    if (site.isEmpty()) {
      return;
    }
    UUID[] concerts =
        verdicts.stream()
            .flatMap(verdict -> earlierConcert(verdict).stream())
            .distinct()
            .sorted()
            .toArray(UUID[]::new);
    if (concerts.length > 0) {
      handle.attach(PurchaseDao.class).confirm(concerts);
    }
  }

  private static Optional<UUID> earlierConcert(Verdict verdict) {
    if (verdict instanceof Verdict.Replayed replayed) {
      return Optional.of(replayed.purchase().concertId());
    }
    return verdict instanceof Verdict.HeldBefore before
        ? Optional.of(before.hold().concertId())
        : Optional.empty();
  }

  /** Confirms a sale that was found, unless its concert has moved: the new home may not have it. */
  private void confirm(Handle handle, Sale sale, List<Stock> locked, JdbiException failure) {
    if (site.isEmpty()) {
      return;
    }
    if (!locked.stream().allMatch(Stock::soldHere)) {
      throw outcomeUnknown(failure);
    }
    handle.attach(PurchaseDao.class).confirm(sale.concerts().toArray(UUID[]::new));
  }

  private static Stock after(Sale sale, Stock before) {
    return before.withAvailable(sale.left(before));
  }

  private static Map<UUID, Stock> byId(List<Stock> stocks) {
    return stocks.stream().collect(Collectors.toMap(Stock::ticketTypeId, Function.identity()));
  }

  private Sale decide(Map<UUID, Stock> stocks, List<PurchaseRequest> requests, Earlier earlier) {
    return Allocation.decide(stocks, requests, earlier, clock.instant(), ids::generate);
  }

  private void writeAndCommit(
      Handle handle, Sale sale, UUID[] types, List<PurchaseRequest> requests) {
    try {
      new SaleWrites(handle).writeAndCommit(sale);
    } catch (JdbiException failure) {
      rollBack(handle, failure); // The look-up would wait for a lock that is still held.
      if (SqlState.of(failure).isRolledBack() || !wasCommitted(types, requests, sale, failure)) {
        throw failure;
      }
    }
  }

  /** Rolls back an open transaction. If the connection is lost, the server rolls back by itself. */
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
   * Finds out whether a transaction was committed when the server did not confirm it. The
   * transaction held the locks of the stock rows. Once this look-up has those locks, the
   * transaction has ended, and the look-up sees the result.
   */
  private boolean wasCommitted(
      UUID[] types, List<PurchaseRequest> requests, Sale sale, JdbiException failure) {
    if (sale.isEmpty()) {
      return true; // An empty sale writes nothing, so nothing can be lost.
    }
    try {
      return jdbi.inTransaction(
          handle -> {
            SaleReads.Locked locked =
                new SaleReads(handle, site).lock(types, BatchKeys.none(requests));
            if (handle.attach(PurchaseDao.class).count(sale.ids()) == 0) {
              return false;
            }
            confirm(handle, sale, locked.stocks(), failure);
            return true;
          });
    } catch (JdbiException lookupFailed) {
      failure.addSuppressed(lookupFailed);
      throw outcomeUnknown(failure);
    }
  }
}
