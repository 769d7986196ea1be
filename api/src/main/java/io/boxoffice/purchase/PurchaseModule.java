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

/** Builds buying, receipts, cancellation and tickets. */
public final class PurchaseModule {
  private PurchaseModule() {}

  /**
   * Registers the calls.
   *
   * @param desks opens the desk that sells
   * @param beside puts another desk in front of that one, for requests of its own
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
    // A purchase is cancelled by its id alone, so each id is drawn anew and cannot be guessed.
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

  /** The {@link SalesDeskFactory} of the service: a desk that settles in batches. */
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
