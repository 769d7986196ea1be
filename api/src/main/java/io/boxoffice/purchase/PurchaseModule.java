package io.boxoffice.purchase;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.platform.Foundation;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/** Builds the parts of this feature from its settings: buying, receipts, cancellation, tickets. */
public final class PurchaseModule {
  private PurchaseModule() {}

  /**
   * Builds the desk, and registers the resources and the stock check.
   *
   * @param desks opens the desk that sells
   * @param beside wraps that desk with one that handles some requests itself
   */
  public static void install(
      Foundation foundation,
      SalesDeskSettings settings,
      SalesDeskFactory desks,
      UnaryOperator<SalesDesk> beside) {
    Jdbi jdbi = foundation.jdbi();
    Clock clock = foundation.clock();
    Environment environment = foundation.environment();
    SalesMetrics metrics = new SalesMetrics(environment.metrics(), foundation.prometheus());
    // An id alone is enough to cancel its purchase, so each id is random and cannot be guessed.
    NoArgGenerator ids = Generators.timeBasedEpochRandomGenerator(foundation.random());
    SalesDesk desk =
        beside.apply(
            desks.open(
                new SaleTransaction(jdbi, clock, ids),
                new TicketTypeCatalogue(jdbi),
                settings,
                metrics,
                environment.lifecycle()));
    PurchaseService purchases = new PurchaseService(jdbi, clock, metrics);
    JerseyEnvironment jersey = environment.jersey();
    jersey.register(new PurchaseResource(desk, clock));
    jersey.register(new ReceiptResource(purchases));
    jersey.register(new TicketResource(purchases));
    new StockInvariantCheck(jdbi, clock).addTo(foundation.gauges());
  }

  /** Opens a desk that sells in batches; this is the {@link SalesDeskFactory} of the service. */
  public static SalesDesk openDesk(
      SaleTransaction sales,
      TicketTypeCatalogue catalogue,
      SalesDeskSettings settings,
      SalesMetrics metrics,
      LifecycleEnvironment lifecycle) {
    BatchingSalesDesk desk = new BatchingSalesDesk(sales, catalogue, settings, metrics);
    lifecycle.manage(desk);
    return desk;
  }
}
