package io.boxoffice.simulation.rule;

import io.boxoffice.concert.ConcertResource;
import io.boxoffice.gate.code.TicketResource;
import io.boxoffice.platform.error.ProblemResource;
import io.boxoffice.platform.openapi.ContractResource;
import io.boxoffice.purchase.PurchaseResource;
import io.boxoffice.purchase.ReceiptResource;
import java.util.List;
import java.util.Map;

/** Provides the service's real routes and profiles to tests that start no service. */
public final class TestRoutes {
  /** The routes of all resources. */
  public static final Routes ALL =
      Routes.of(
          List.of(
              ConcertResource.class,
              PurchaseResource.class,
              ReceiptResource.class,
              TicketResource.class,
              ProblemResource.class,
              ContractResource.class));

  /** The shipped profiles. */
  public static final Map<String, Profile> SHIPPED = ShippedProfiles.read(ALL);

  private TestRoutes() {}
}
