package io.boxoffice.purchase;

import io.boxoffice.platform.metrics.PeriodicGauges;
import io.boxoffice.purchase.store.PurchaseDao;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies in the background that stock, orders and purchases agree. It counts the ticket types for
 * which capacity = available + tickets of held orders + tickets of confirmed purchases does not
 * hold, and the tickets that are left. No request runs these queries.
 */
public final class StockInvariantCheck {
  private static final Logger LOG = LoggerFactory.getLogger(StockInvariantCheck.class);

  private final Jdbi jdbi;
  private final Clock clock;

  /** Checks the given database. */
  public StockInvariantCheck(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** Exports both counts. {@code stock_invariant_violations} must be 0. */
  public void addTo(PeriodicGauges gauges) {
    gauges.add("tickets.available", this::available);
    gauges.add("stock.invariant.violations", this::violations);
  }

  private long available() {
    return jdbi.withExtension(PurchaseDao.class, dao -> dao.countAvailable(clock.instant()));
  }

  private int violations() {
    int violations = jdbi.withExtension(PurchaseDao.class, PurchaseDao::countInvariantViolations);
    if (violations > 0) {
      LOG.error(
          "The stock of {} ticket types does not match their orders and purchases", violations);
    }
    return violations;
  }
}
