package io.boxoffice.purchase;

import io.dropwizard.lifecycle.setup.LifecycleEnvironment;

/** Opens the sales desk, so that a benchmark can run the service with another desk. */
@FunctionalInterface
public interface SalesDeskFactory {
  /**
   * Opens a desk.
   *
   * @param sales sells its batches
   * @param lifecycle starts and stops the desk
   */
  SalesDesk open(
      SaleTransaction sales,
      TicketTypeCatalogue catalogue,
      SalesDeskSettings settings,
      SalesMetrics metrics,
      LifecycleEnvironment lifecycle);
}
