package io.boxoffice.purchase.allocation;

import io.boxoffice.concert.Price;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Decides which requests of a batch get tickets. This class has no side effects, so a test can
 * check every rule without a database.
 *
 * <p>It decides the requests in the order of their arrival, as if each were alone. A request for
 * more tickets than are left is rejected; a smaller request after it may still get tickets.
 */
public final class Allocation {
  private final Map<UUID, Stock> stocks;
  private final Map<ConcertKey, Purchase> purchasesByKey;
  private final Map<ConcertKey, Hold> holdsByKey;
  private final Supplier<UUID> ids;
  private final Sale sale;

  private Allocation(Map<UUID, Stock> stocks, Earlier earlier, Instant soldAt, Supplier<UUID> ids) {
    this.stocks = stocks;
    this.purchasesByKey = new HashMap<>(earlier.purchases());
    this.holdsByKey = new HashMap<>(earlier.holds());
    this.ids = ids;
    this.sale = Sale.empty(soldAt);
  }

  /**
   * Decides a batch.
   *
   * @param stocks the ticket types of these requests, by id; a missing one does not exist
   * @param requests in the order of their arrival
   * @param earlier what exists under the keys of these requests
   * @param now the time of the sale; purchases and orders keep its microseconds
   * @param ids makes the ids of purchases, orders and tickets
   */
  public static Sale decide(
      Map<UUID, Stock> stocks,
      List<PurchaseRequest> requests,
      Earlier earlier,
      Instant now,
      Supplier<UUID> ids) {
    Allocation allocation =
        new Allocation(stocks, earlier, now.truncatedTo(ChronoUnit.MICROS), ids);
    for (PurchaseRequest request : requests) {
      allocation.sale.verdicts().add(allocation.decide(request));
    }
    return allocation.sale;
  }

  /**
   * Returns why a request must be rejected, or empty when it may be sold. The key does not matter
   * here.
   *
   * @param available how many tickets are left for this request; earlier requests of the batch may
   *     have taken some of the stock
   */
  public static Optional<Verdict.Rejected> rejection(
      Stock stock, int available, PurchaseRequest request) {
    if (!stock.soldHere()) {
      return Optional.of(new Verdict.SoldElsewhere());
    }
    if (stock.cancelledAt() != null) {
      return Optional.of(new Verdict.ConcertCancelled(stock.cancelledAt()));
    }
    if (request.arrivedAt().isBefore(stock.salesOpenAt())) {
      return Optional.of(new Verdict.SalesNotOpen(stock.salesOpenAt()));
    }
    if (!request.arrivedAt().isBefore(stock.salesCloseAt())) {
      return Optional.of(new Verdict.SalesClosed(stock.salesCloseAt()));
    }
    if (request.quantity() > stock.maxPerPurchase()) {
      return Optional.of(new Verdict.TooMany(stock.maxPerPurchase()));
    }
    if (request.quantity() > available) {
      return Optional.of(new Verdict.SoldOut(available));
    }
    return Optional.empty();
  }

  private Verdict decide(PurchaseRequest request) {
    // The key may be in the database, or belong to an earlier request of this batch.
    Verdict again = request.key() == null ? null : decideAgain(request);
    if (again != null) {
      return again;
    }
    Stock stock = stocks.get(request.ticketTypeId());
    if (stock == null) {
      return new Verdict.UnknownConcert(); // An operator deleted the concert.
    }
    Optional<Verdict.Rejected> rejection = rejection(stock, sale.left(stock), request);
    if (rejection.isPresent()) {
      return rejection.get();
    }
    return request.isHold() ? hold(stock, request) : sell(stock, request);
  }

  /** Returns the result of an earlier request with the same key; null when there is none. */
  private Verdict decideAgain(PurchaseRequest request) {
    if (request.isHold()) {
      Hold first = holdsByKey.get(request.concertKey());
      return first == null
          ? null
          : request.isRetryOf(first) ? new Verdict.HeldBefore(first) : new Verdict.KeyReused();
    }
    Purchase first = purchasesByKey.get(request.concertKey());
    return first == null
        ? null
        : request.isRetryOf(first) ? new Verdict.Replayed(first) : new Verdict.KeyReused();
  }

  private Verdict sell(Stock stock, PurchaseRequest request) {
    Purchase purchase =
        new Purchase(
            ids.get(),
            stock.concertId(),
            stock.ticketTypeId(),
            request.email(),
            request.quantity(),
            total(stock, request),
            Purchase.Status.CONFIRMED,
            Stream.generate(ids).limit(request.quantity()).sorted().toList(),
            sale.soldAt(),
            null,
            request.accountId());
    sale.add(purchase, request.key(), request.traceparent());
    if (request.key() != null) {
      purchasesByKey.put(request.concertKey(), purchase);
    }
    return new Verdict.Sold(purchase);
  }

  private Verdict hold(Stock stock, PurchaseRequest request) {
    Hold hold =
        new Hold(
            ids.get(),
            stock.concertId(),
            stock.ticketTypeId(),
            request.email(),
            request.quantity(),
            total(stock, request),
            sale.soldAt(),
            sale.soldAt().plus(request.hold()),
            request.accountId());
    sale.add(hold, request.key(), request.traceparent());
    if (request.key() != null) {
      holdsByKey.put(request.concertKey(), hold);
    }
    return new Verdict.Held(hold);
  }

  private static Price total(Stock stock, PurchaseRequest request) {
    return new Price(stock.priceAmount(), stock.priceCurrency()).times(request.quantity());
  }
}
