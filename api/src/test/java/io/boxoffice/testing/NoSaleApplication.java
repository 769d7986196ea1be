package io.boxoffice.testing;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.app.BoxOfficeApplication;
import io.boxoffice.concert.Price;
import io.boxoffice.purchase.allocation.Purchase;
import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Verdict;
import io.boxoffice.purchase.desk.Sales;
import io.boxoffice.purchase.desk.SalesDesk;
import io.boxoffice.purchase.desk.SalesDeskSettings;
import io.boxoffice.purchase.desk.SalesMetrics;
import io.boxoffice.purchase.desk.TicketTypes;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.security.SecureRandom;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Runs the service without sales, so that the benchmark in {@code stress/} can measure the highest
 * purchase rate that HTTP alone allows. The service parses and validates each request, and another
 * thread sends the receipt, as in the real service. It does not check stock or write to the
 * database.
 */
public final class NoSaleApplication {
  private NoSaleApplication() {}

  /** Starts the service with its usual arguments, {@code server config.yml}. */
  public static void main(String[] arguments) throws Exception {
    new BoxOfficeApplication(UnaryOperator.identity(), NoSaleApplication::openDesk).run(arguments);
  }

  private static SalesDesk openDesk(
      Sales sales,
      TicketTypes ticketTypes,
      SalesDeskSettings settings,
      SalesMetrics metrics,
      LifecycleEnvironment lifecycle) {
    ExecutorService workers =
        lifecycle
            .executorService("worker-%d")
            .minThreads(settings.workers())
            .maxThreads(settings.workers())
            .build();
    return new NoSaleDesk(workers, Generators.timeBasedEpochRandomGenerator(new SecureRandom()));
  }

  /** Confirms every purchase without a sale. */
  private record NoSaleDesk(ExecutorService workers, NoArgGenerator ids) implements SalesDesk {

    @Override
    public CompletionStage<Verdict> submit(PurchaseRequest request) {
      return CompletableFuture.supplyAsync(() -> new Verdict.Sold(receipt(request)), workers);
    }

    private Purchase receipt(PurchaseRequest request) {
      UUID ticketTypeId = request.ticketTypeId() == null ? ids.generate() : request.ticketTypeId();
      return new Purchase(
          ids.generate(),
          request.concertId(),
          ticketTypeId,
          request.email(),
          request.quantity(),
          new Price(4500L, "EUR").times(request.quantity()),
          Purchase.Status.CONFIRMED,
          Stream.generate(ids::generate).limit(request.quantity()).toList(),
          request.arrivedAt().truncatedTo(ChronoUnit.MICROS),
          null,
          request.accountId());
    }
  }
}
