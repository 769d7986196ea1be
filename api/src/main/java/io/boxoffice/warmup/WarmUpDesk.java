package io.boxoffice.warmup;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Verdict;
import io.boxoffice.purchase.desk.BatchingSalesDesk;
import io.boxoffice.purchase.desk.SalesDesk;
import io.boxoffice.purchase.desk.SalesDeskSettings;
import io.boxoffice.purchase.desk.SalesMetrics;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Executes the purchases of the warm-up on a desk of their own, so that they take the same path as
 * real ones. All other requests go to the real desk; once this desk is closed, all requests do.
 */
final class WarmUpDesk implements SalesDesk, AutoCloseable {
  private final SalesDesk real;
  private final WarmUpSales sales;
  private volatile BatchingSalesDesk warmUpDesk;

  /** Opens the desk with the settings of the real one, and with metrics that are not exported. */
  WarmUpDesk(SalesDesk real, WarmUpSales sales, SalesDeskSettings settings) {
    this.real = real;
    this.sales = sales;
    this.warmUpDesk =
        new BatchingSalesDesk(
            sales,
            concertId -> List.of(sales.ticketTypeId(), sales.soldOutTypeId()),
            settings,
            new SalesMetrics(new MetricRegistry(), new CollectorRegistry()));
  }

  @Override
  public CompletionStage<Verdict> submit(PurchaseRequest request) {
    BatchingSalesDesk desk = warmUpDesk;
    return desk != null && request.concertId().equals(sales.concertId())
        ? desk.submit(request)
        : real.submit(request);
  }

  @Override
  public void close() {
    BatchingSalesDesk desk = warmUpDesk;
    warmUpDesk = null;
    try {
      desk.stop();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
