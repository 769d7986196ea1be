package io.boxoffice.purchase;

import io.boxoffice.purchase.desk.Sales;
import io.boxoffice.purchase.desk.SalesDesk;
import io.boxoffice.purchase.desk.SalesDeskSettings;
import io.boxoffice.purchase.desk.SalesMetrics;
import io.boxoffice.purchase.desk.TicketTypes;
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
      Sales sales,
      TicketTypes ticketTypes,
      SalesDeskSettings settings,
      SalesMetrics metrics,
      LifecycleEnvironment lifecycle);
}
