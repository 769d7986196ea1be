package io.boxoffice.testing;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.BoxOfficeApplication;
import io.boxoffice.BoxOfficeConfiguration;
import io.boxoffice.concert.Price;
import io.boxoffice.purchase.Purchase;
import io.boxoffice.purchase.PurchaseRequest;
import io.boxoffice.purchase.SaleTransaction;
import io.boxoffice.purchase.SalesDesk;
import io.boxoffice.purchase.SalesMetrics;
import io.boxoffice.purchase.Verdict;
import io.dropwizard.core.setup.Environment;
import java.security.SecureRandom;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/**
 * The service without its sale, for the benchmark in {@code stress/}: the limit that HTTP alone
 * sets to the rate of purchases. Every request is parsed, validated and answered with a receipt as
 * ever, from another thread as ever; nothing is written and no stock is looked at.
 */
public final class NoSaleApplication extends BoxOfficeApplication {

  /** {@code server config.yml}, as the service itself. */
  public static void main(String[] arguments) throws Exception {
    new NoSaleApplication().run(arguments);
  }

  @Override
  protected SalesDesk openDesk(
      Jdbi jdbi,
      SaleTransaction sales,
      SalesMetrics metrics,
      BoxOfficeConfiguration configuration,
      Environment environment) {
    ExecutorService settlers =
        environment
            .lifecycle()
            .executorService("settler-%d")
            .minThreads(configuration.salesDesk().settlers())
            .maxThreads(configuration.salesDesk().settlers())
            .build();
    return new NoSaleDesk(settlers, Generators.timeBasedEpochRandomGenerator(new SecureRandom()));
  }

  /** Says "sold" to everyone. */
  private record NoSaleDesk(ExecutorService settlers, NoArgGenerator ids) implements SalesDesk {

    @Override
    public CompletionStage<Verdict> submit(PurchaseRequest request) {
      return CompletableFuture.supplyAsync(() -> new Verdict.Sold(receipt(request)), settlers);
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
          null);
    }
  }
}
