package io.boxoffice.platform.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.dropwizard.lifecycle.Managed;
import io.dropwizard.util.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads gauges that need a query at intervals, so that no scrape waits for the database. One thread
 * runs the queries one after the other. A gauge is NaN until its first query and after a query that
 * failed, so an old value is never shown as a current one.
 */
public final class PeriodicGauges implements Managed {
  /**
   * The most rows that a gauge counts: a count reads every row, and must not take longer with each
   * new one. PostgreSQL counts a million rows in about a tenth of a second.
   */
  public static final int MOST_ROWS = 1_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(PeriodicGauges.class);

  private final MetricRegistry metrics;
  private final Duration interval;
  private final List<Asked> gauges = new ArrayList<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "periodic-gauges"));

  /** Runs the queries at the given interval after {@link #start()}. */
  public PeriodicGauges(MetricRegistry metrics, Duration interval) {
    this.metrics = metrics;
    this.interval = interval;
  }

  /**
   * Adds a gauge. Call it before the start.
   *
   * @param query returns null when there is nothing to show
   */
  public void add(String name, Supplier<? extends Number> query) {
    Asked gauge = new Asked(name, query);
    metrics.register(name, gauge);
    gauges.add(gauge);
  }

  @Override
  public void start() {
    var unused =
        clock.scheduleWithFixedDelay(
            () -> gauges.forEach(Asked::refresh),
            0,
            interval.toMilliseconds(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    clock.shutdownNow();
  }

  private static final class Asked implements Gauge<Number> {
    private final String name;
    private final Supplier<? extends Number> query;
    private volatile Number value = Double.NaN;

    Asked(String name, Supplier<? extends Number> query) {
      this.name = name;
      this.query = query;
    }

    @Override
    public Number getValue() {
      return value;
    }

    /** Never throws: the executor does not run a task again after an exception. */
    void refresh() {
      try {
        value = query.get();
      } catch (RuntimeException failure) {
        value = Double.NaN;
        LOG.warn("{} is not known: {}", name, failure.getMessage());
      }
    }
  }
}
