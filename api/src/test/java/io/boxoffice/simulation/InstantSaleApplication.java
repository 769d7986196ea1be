package io.boxoffice.simulation;

import io.boxoffice.BoxOfficeApplication;
import io.boxoffice.BoxOfficeConfiguration;
import io.boxoffice.concert.Price;
import io.boxoffice.purchase.Purchase;
import io.boxoffice.purchase.SaleTransaction;
import io.boxoffice.purchase.SalesDesk;
import io.boxoffice.purchase.SalesMetrics;
import io.boxoffice.purchase.Verdict;
import io.dropwizard.core.setup.Environment;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;

/** The service with a desk that sells nothing, to see what the simulation costs by itself. */
public final class InstantSaleApplication extends BoxOfficeApplication {

  /** Takes the arguments of the service. */
  public static void main(String[] arguments) throws Exception {
    new InstantSaleApplication().run(arguments);
  }

  @Override
  protected SalesDesk openDesk(
      Jdbi jdbi,
      SaleTransaction sales,
      SalesMetrics metrics,
      BoxOfficeConfiguration configuration,
      Environment environment) {
    return request ->
        CompletableFuture.completedFuture(
            new Verdict.Sold(
                new Purchase(
                    new UUID(1, 2),
                    request.concertId(),
                    request.concertId(),
                    request.email(),
                    request.quantity(),
                    new Price(1L, "EUR"),
                    Purchase.Status.CONFIRMED,
                    List.of(new UUID(1, 3)),
                    request.arrivedAt(),
                    null)));
  }
}
