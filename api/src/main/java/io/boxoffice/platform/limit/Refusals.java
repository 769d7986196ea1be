package io.boxoffice.platform.limit;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the refused requests of one policy. It logs a line a minute at most, because a flood must
 * not flood the log, and no address or account, because logs are kept for long.
 */
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String policy;
  private final Meter meter;
  private final AtomicLong unreported = new AtomicLong();
  private final LongSupplier nanoTime;
  private final AtomicLong nextLine;

  Refusals(Policy policy, MetricRegistry metrics, LongSupplier nanoTime) {
    this.policy = policy.name();
    this.nanoTime = nanoTime;
    this.nextLine = new AtomicLong(nanoTime.getAsLong());
    this.meter = metrics.meter("http.limited." + policy.name());
  }

  /** Counts one refused request. */
  void add() {
    meter.mark();
    unreported.incrementAndGet();
    long now = nanoTime.getAsLong();
    long due = nextLine.get();
    if (now - due >= 0 && nextLine.compareAndSet(due, now + PAUSE_NANOS)) {
      LOG.warn(
          "The rate limit {} has refused {} requests since its last line",
          policy,
          unreported.getAndSet(0));
    }
  }
}
