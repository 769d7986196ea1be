package io.boxoffice.purchase;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.dropwizard.lifecycle.Managed;
import io.dropwizard.util.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts, now and then, the ticket types for which capacity = available + tickets of confirmed
 * purchases does not hold, and exports the count as {@code stock_invariant_violations}. It must be
 * 0.
 */
public final class StockInvariantCheck implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(StockInvariantCheck.class);

  private final Jdbi jdbi;
  private final Duration interval;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "stock-invariant"));
  private volatile double violations = Double.NaN;

  /** Checks the given database; the gauge is NaN until the first check has ended. */
  public StockInvariantCheck(Jdbi jdbi, MetricRegistry metrics, Duration interval) {
    this.jdbi = jdbi;
    this.interval = interval;
    metrics.register("stock.invariant.violations", (Gauge<Double>) () -> violations);
  }

  @Override
  public void start() {
    var unused =
        clock.scheduleWithFixedDelay(
            this::check, 0, interval.toMilliseconds(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    clock.shutdownNow();
  }

  private void check() {
    try {
      violations = jdbi.withExtension(PurchaseDao.class, PurchaseDao::countInvariantViolations);
      if (violations > 0) {
        LOG.error("The stock of {} ticket types does not match their purchases", violations);
      }
    } catch (JdbiException unavailable) {
      violations = Double.NaN;
      LOG.warn("The stock could not be checked: {}", unavailable.getMessage());
    }
  }
}
