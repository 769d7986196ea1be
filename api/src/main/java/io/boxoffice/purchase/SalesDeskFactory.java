package io.boxoffice.purchase;

import io.dropwizard.lifecycle.setup.LifecycleEnvironment;

/** Opens the desk that sells, so that a benchmark can run the service with another one. */
@FunctionalInterface
public interface SalesDeskFactory {
  /**
   * Opens a desk.
   *
   * @param sales settles its batches
   * @param lifecycle starts and stops what the desk needs
   */
  SalesDesk open(
      SaleTransaction sales,
      TicketTypeCatalogue catalogue,
      SalesDeskSettings settings,
      SalesMetrics metrics,
      LifecycleEnvironment lifecycle);
}
