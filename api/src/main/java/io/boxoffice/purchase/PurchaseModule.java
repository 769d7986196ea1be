package io.boxoffice.purchase;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.platform.auth.CallerAccess;
import io.boxoffice.purchase.desk.BatchingSalesDesk;
import io.boxoffice.purchase.desk.Sales;
import io.boxoffice.purchase.desk.SalesDesk;
import io.boxoffice.purchase.desk.SalesDeskSettings;
import io.boxoffice.purchase.desk.SalesMetrics;
import io.boxoffice.purchase.desk.TicketTypes;
import io.boxoffice.purchase.store.SaleTransaction;
import io.boxoffice.purchase.store.TicketTypeCatalogue;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/**
 * Builds the parts of this feature from its settings: buying, receipts, cancellation.
 *
 * @param service the service, for other features
 * @param desk the sales desk
 * @param orderStock changes stock and purchases in the transactions of orders
 * @param cancellations cancels the purchases of cancelled concerts
 */
public record PurchaseModule(
    PurchaseService service,
    SalesDesk desk,
    OrderStock orderStock,
    PurchaseCancellations cancellations) {

  /**
   * Builds the desk, and registers the resources and the stock check.
   *
   * @param outbox publishes sales and cancellations
   * @param keyRetention for how long a repeated request is recognised by its key
   * @param site the name of this site; empty for a shop of one site
   * @param desks opens the desk that sells
   * @param callers finds out who buys, reads and cancels
   * @param stockChanged receives each concert after its tickets were sold or returned; it must
   *     return at once
   * @param beside gets that desk and what sells its batches, and returns the desk to use
   */
  public static PurchaseModule install(
      Foundation foundation,
      Outbox outbox,
      SalesDeskSettings settings,
      Duration keyRetention,
      String site,
      SalesDeskFactory desks,
      CallerAccess callers,
      Consumer<UUID> stockChanged,
      BiFunction<SalesDesk, Sales, SalesDesk> beside) {
    Jdbi jdbi = foundation.jdbi();
    Clock clock = foundation.clock();
    Environment environment = foundation.environment();
    SalesMetrics metrics = new SalesMetrics(environment.metrics(), foundation.prometheus());
    // An id alone is enough to cancel its purchase, so each id is random and cannot be guessed.
    NoArgGenerator ids = Generators.timeBasedEpochRandomGenerator(foundation.random());
    Sales sales =
        new AnnouncedSales(new SaleTransaction(jdbi, clock, ids, site), stockChanged, outbox);
    SalesDesk desk =
        TracedDesk.of(
            beside.apply(
                desks.open(
                    sales,
                    new TicketTypeCatalogue(jdbi),
                    settings,
                    metrics,
                    environment.lifecycle()),
                sales),
            foundation.tracing());
    PurchaseService purchases =
        new PurchaseService(jdbi, foundation.reads(), clock, metrics, stockChanged, outbox);
    JerseyEnvironment jersey = environment.jersey();
    jersey.register(new PurchaseResource(desk, callers, clock));
    jersey.register(new ReceiptResource(purchases, callers));
    new StockInvariantCheck(jdbi, clock).addTo(foundation.gauges());
    OldKeys old = new OldKeys(jdbi, keyRetention, OldKeys.BATCH);
    environment.lifecycle().manage(new RepeatedTask("old-keys", OldKeys.PAUSE, old::erase));
    return new PurchaseModule(
        purchases,
        desk,
        new OrderStock(clock, ids, metrics, stockChanged),
        new PurchaseCancellations(metrics, stockChanged, outbox));
  }

  /** Opens a desk that sells in batches; this is the {@link SalesDeskFactory} of the service. */
  public static SalesDesk openDesk(
      Sales sales,
      TicketTypes ticketTypes,
      SalesDeskSettings settings,
      SalesMetrics metrics,
      LifecycleEnvironment lifecycle) {
    BatchingSalesDesk desk = new BatchingSalesDesk(sales, ticketTypes, settings, metrics);
    lifecycle.manage(desk);
    return desk;
  }
}
