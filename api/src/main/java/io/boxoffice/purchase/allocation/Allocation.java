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
  private final Map<String, Purchase> purchasesByKey;
  private final Instant soldAt;
  private final Supplier<UUID> ids;
  private final Sale sale = Sale.empty();

  private Allocation(
      Map<UUID, Stock> stocks, Map<String, Purchase> earlier, Instant soldAt, Supplier<UUID> ids) {
    this.stocks = stocks;
    this.purchasesByKey = new HashMap<>(earlier);
    this.soldAt = soldAt;
    this.ids = ids;
  }

  /**
   * Decides a batch.
   *
   * @param stocks the ticket types of these requests, by id; a missing one does not exist
   * @param requests in the order of their arrival
   * @param earlier existing purchases under the keys of these requests, by key
   * @param now the time of the sale; purchases keep its microseconds
   * @param ids makes the ids of purchases and tickets
   */
  public static Sale decide(
      Map<UUID, Stock> stocks,
      List<PurchaseRequest> requests,
      Map<String, Purchase> earlier,
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
    // The key may belong to a purchase in the database or to one made earlier in this batch.
    Purchase first = request.key() == null ? null : purchasesByKey.get(request.key());
    if (first != null) {
      return request.isRetryOf(first) ? new Verdict.Replayed(first) : new Verdict.KeyReused();
    }
    Stock stock = stocks.get(request.ticketTypeId());
    if (stock == null) {
      return new Verdict.UnknownConcert(); // An operator deleted the concert.
    }
    Optional<Verdict.Rejected> rejection = rejection(stock, sale.left(stock), request);
    return rejection.isPresent() ? rejection.get() : sell(stock, request);
  }

  private Verdict sell(Stock stock, PurchaseRequest request) {
    Purchase purchase =
        new Purchase(
            ids.get(),
            stock.concertId(),
            stock.ticketTypeId(),
            request.email(),
            request.quantity(),
            new Price(stock.priceAmount(), stock.priceCurrency()).times(request.quantity()),
            Purchase.Status.CONFIRMED,
            Stream.generate(ids).limit(request.quantity()).sorted().toList(),
            soldAt,
            null,
            request.accountId());
    sale.add(purchase, request.key());
    if (request.key() != null) {
      purchasesByKey.put(request.key(), purchase);
    }
    return new Verdict.Sold(purchase);
  }
}
