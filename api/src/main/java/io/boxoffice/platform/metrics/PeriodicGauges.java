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
 * Gauges for what only a query can tell. They are asked now and then, one after the other on one
 * thread, so that no scrape waits for the database. Each is NaN until it was first asked and while
 * asking fails: what was true before the failure is not shown as if it still were.
 */
public final class PeriodicGauges implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(PeriodicGauges.class);

  private final MetricRegistry metrics;
  private final Duration interval;
  private final List<Asked> gauges = new ArrayList<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "periodic-gauges"));

  /** Asks at the given interval once it is started. */
  public PeriodicGauges(MetricRegistry metrics, Duration interval) {
    this.metrics = metrics;
    this.interval = interval;
  }

  /**
   * Adds a gauge; to be called before the start.
   *
   * @param query null from it means that there is nothing to show
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
            () -> gauges.forEach(Asked::ask), 0, interval.toMilliseconds(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    clock.shutdownNow();
  }

  private static final class Asked implements Gauge<Number> {
    private final String name;
    private final Supplier<? extends Number> query;
    private volatile Number answer = Double.NaN;

    Asked(String name, Supplier<? extends Number> query) {
      this.name = name;
      this.query = query;
    }

    @Override
    public Number getValue() {
      return answer;
    }

    /** Never throws, for a task that throws is not run again. */
    void ask() {
      try {
        answer = query.get();
      } catch (RuntimeException failure) {
        answer = Double.NaN;
        LOG.warn("{} is not known: {}", name, failure.getMessage());
      }
    }
  }
}
