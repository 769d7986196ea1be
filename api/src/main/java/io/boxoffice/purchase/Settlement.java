package io.boxoffice.purchase;

import java.util.Optional;

/** Decides, and does nothing else: whether the stock at hand can meet a request. */
public final class Settlement {
  private Settlement() {}

  /** Why the request must be refused, or empty when it may be sold. */
  public static Optional<Verdict.Refused> refusal(Stock stock, PurchaseRequest request) {
    if (request.arrivedAt().isBefore(stock.salesOpenAt())) {
      return Optional.of(new Verdict.SalesNotOpen(stock.salesOpenAt()));
    }
    if (!request.arrivedAt().isBefore(stock.salesCloseAt())) {
      return Optional.of(new Verdict.SalesClosed(stock.salesCloseAt()));
    }
    if (request.quantity() > stock.maxPerPurchase()) {
      return Optional.of(new Verdict.TooMany(stock.maxPerPurchase()));
    }
    if (request.quantity() > stock.available()) {
      return Optional.of(new Verdict.SoldOut(stock.available()));
    }
    return Optional.empty();
  }
}
