package io.boxoffice.purchase;

import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Stock;
import io.boxoffice.purchase.allocation.Verdict;
import io.boxoffice.purchase.desk.Sales;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Names each concert whose tickets were sold or held, after the commit, so that readers can follow,
 * and the relay that there are events.
 */
final class AnnouncedSales implements Sales {
  private final Sales sales;
  private final Consumer<UUID> stockChanged;
  private final Outbox outbox;

  AnnouncedSales(Sales sales, Consumer<UUID> stockChanged, Outbox outbox) {
    this.sales = sales;
    this.stockChanged = stockChanged;
    this.outbox = outbox;
  }

  @Override
  public Result sell(List<PurchaseRequest> requests, Map<UUID, Stock> remembered) {
    Result result = sales.sell(requests, remembered);
    boolean any = false;
    for (Verdict verdict : result.verdicts()) {
      if (verdict instanceof Verdict.Sold sold) {
        stockChanged.accept(sold.purchase().concertId());
        any = true;
      } else if (verdict instanceof Verdict.Held held) {
        stockChanged.accept(held.hold().concertId());
        any = true;
      }
    }
    if (any) {
      outbox.added();
    }
    return result;
  }
}
