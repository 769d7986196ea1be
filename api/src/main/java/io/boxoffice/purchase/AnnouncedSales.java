package io.boxoffice.purchase;

import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Stock;
import io.boxoffice.purchase.allocation.Verdict;
import io.boxoffice.purchase.desk.Sales;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Names each concert whose tickets were sold or held, after the commit, so that readers can follow.
 */
final class AnnouncedSales implements Sales {
  private final Sales sales;
  private final Consumer<UUID> stockChanged;

  AnnouncedSales(Sales sales, Consumer<UUID> stockChanged) {
    this.sales = sales;
    this.stockChanged = stockChanged;
  }

  @Override
  public Result sell(List<PurchaseRequest> requests, Map<UUID, Stock> remembered) {
    Result result = sales.sell(requests, remembered);
    for (Verdict verdict : result.verdicts()) {
      if (verdict instanceof Verdict.Sold sold) {
        stockChanged.accept(sold.purchase().concertId());
      } else if (verdict instanceof Verdict.Held held) {
        stockChanged.accept(held.hold().concertId());
      }
    }
    return result;
  }
}
