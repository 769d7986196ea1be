package io.boxoffice.purchase;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.concert.Price;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Settles a batch in one PostgreSQL transaction of four round trips: lock the stock row, look the
 * keys up, write everything, commit.
 */
public final class SaleTransaction {
  private final Jdbi jdbi;
  private final Clock clock;
  private final NoArgGenerator ids;

  /** Sells from the given database; ids must not be guessable, for they are what buyers show. */
  public SaleTransaction(Jdbi jdbi, Clock clock, NoArgGenerator ids) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * What a batch came to.
   *
   * @param verdicts one for each request, in the same order
   * @param left the stock as the batch leaves it; empty when there is no such ticket type
   */
  public record Settled(List<Verdict> verdicts, Optional<Stock> left) {}

  /**
   * Settles requests for one ticket type and commits.
   *
   * @throws JdbiException when nothing was written, for sure
   * @throws OutcomeUnknownException when the commit was not confirmed and could not be looked up
   */
  public Settled settle(UUID ticketTypeId, List<PurchaseRequest> requests) {
    try (Handle handle = jdbi.open()) {
      handle.begin();
      Settled settled = writeOrRollBack(handle, ticketTypeId, requests);
      try {
        handle.commit();
      } catch (JdbiException failure) {
        rollBack(handle, failure);
        if (PostgresFailure.isAnswered(failure)
            || !wasCommitted(ticketTypeId, idsOfSold(settled), failure)) {
          throw failure;
        }
      }
      return settled;
    }
  }

  private Settled writeOrRollBack(
      Handle handle, UUID ticketTypeId, List<PurchaseRequest> requests) {
    try {
      return write(handle, ticketTypeId, requests);
    } catch (RuntimeException | Error failure) {
      rollBack(handle, failure);
      throw failure;
    }
  }

  /** Ends the transaction; where the connection is gone, the server has done so. */
  private static void rollBack(Handle handle, Throwable cause) {
    try {
      handle.rollback();
    } catch (JdbiException gone) {
      cause.addSuppressed(gone);
    }
  }

  /** Settles within a transaction of the caller's, who commits or not. */
  Settled write(Handle handle, UUID ticketTypeId, List<PurchaseRequest> requests) {
    PurchaseDao dao = handle.attach(PurchaseDao.class);
    Optional<Stock> stock = dao.lockStock(ticketTypeId);
    List<Settlement.Decision> decisions =
        Settlement.decide(stock, requests, earlierPurchases(dao, requests));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<Verdict> verdicts = new ArrayList<>(decisions.size());
    List<PurchaseRequest> soldRequests = new ArrayList<>();
    List<Purchase> purchases = new ArrayList<>();
    for (Settlement.Decision decision : decisions) {
      if (decision instanceof Settlement.Sell sell) {
        Purchase purchase = confirm(stock.orElseThrow(), sell.request(), now);
        soldRequests.add(sell.request());
        purchases.add(purchase);
        verdicts.add(new Verdict.Sold(purchase));
      } else if (decision instanceof Settlement.SameAs same) {
        verdicts.add(new Verdict.Replayed(((Verdict.Sold) verdicts.get(same.index())).purchase()));
      } else {
        verdicts.add(((Settlement.Settled) decision).verdict());
      }
    }
    int total = purchases.stream().mapToInt(Purchase::quantity).sum();
    if (total > 0) {
      insert(dao, stock.orElseThrow(), now, soldRequests, purchases, total);
    }
    return new Settled(verdicts, stock.map(before -> before.without(total)));
  }

  /** The purchases that were made under the requests' keys, by key; takes no lock. */
  Map<String, PurchaseRow> earlierPurchases(List<PurchaseRequest> requests) {
    return jdbi.withExtension(PurchaseDao.class, dao -> earlierPurchases(dao, requests));
  }

  private static Map<String, PurchaseRow> earlierPurchases(
      PurchaseDao dao, List<PurchaseRequest> requests) {
    String[] keys =
        requests.stream()
            .filter(request -> request.key() != null)
            .map(request -> request.key().value())
            .distinct()
            .toArray(String[]::new);
    return keys.length == 0
        ? Map.of()
        : dao.findByKeys(keys).stream()
            .collect(Collectors.toMap(PurchaseRow::idempotencyKey, Function.identity()));
  }

  private Purchase confirm(Stock stock, PurchaseRequest request, Instant now) {
    return new Purchase(
        ids.generate(),
        stock.concertId(),
        stock.ticketTypeId(),
        request.email(),
        request.quantity(),
        new Price(stock.priceAmount(), stock.priceCurrency()).times(request.quantity()),
        Purchase.Status.CONFIRMED,
        Stream.generate(ids::generate).limit(request.quantity()).sorted().toList(),
        now,
        null);
  }

  private static void insert(
      PurchaseDao dao,
      Stock stock,
      Instant now,
      List<PurchaseRequest> requests,
      List<Purchase> purchases,
      int total) {
    UUID[] ticketIds = new UUID[total];
    UUID[] ticketPurchaseIds = new UUID[total];
    int ticket = 0;
    for (Purchase purchase : purchases) {
      for (UUID ticketId : purchase.ticketIds()) {
        ticketIds[ticket] = ticketId;
        ticketPurchaseIds[ticket++] = purchase.id();
      }
    }
    dao.sell(
        stock.concertId(),
        stock.ticketTypeId(),
        now,
        purchases.stream().map(Purchase::id).toArray(UUID[]::new),
        purchases.stream().map(Purchase::email).toArray(String[]::new),
        purchases.stream().map(Purchase::quantity).toArray(Integer[]::new),
        requests.stream()
            .map(request -> request.key() == null ? null : request.key().value())
            .toArray(String[]::new),
        ticketIds,
        ticketPurchaseIds,
        total);
  }

  private static List<UUID> idsOfSold(Settled settled) {
    return settled.verdicts().stream()
        .filter(Verdict.Sold.class::isInstance)
        .map(verdict -> ((Verdict.Sold) verdict).purchase().id())
        .toList();
  }

  /**
   * Looks up what became of a transaction whose commit was not confirmed. It held the stock row's
   * lock, so whoever gets that lock afterwards sees its end, whichever it was.
   */
  private boolean wasCommitted(UUID ticketTypeId, List<UUID> sold, JdbiException failure) {
    if (sold.isEmpty()) {
      return true; // Nothing was to be written.
    }
    try {
      return jdbi.inTransaction(
          handle -> {
            PurchaseDao dao = handle.attach(PurchaseDao.class);
            dao.lockStock(ticketTypeId);
            return dao.count(sold.toArray(UUID[]::new)) > 0;
          });
    } catch (JdbiException lookupFailed) {
      failure.addSuppressed(lookupFailed);
      throw new OutcomeUnknownException(failure);
    }
  }
}
