package io.boxoffice.platform.metrics;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.testing.Eventually;
import io.dropwizard.util.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeriodicGaugesTest {
  private static final java.time.Duration LIMIT = java.time.Duration.ofSeconds(10);

  private final MetricRegistry metrics = new MetricRegistry();
  private final PeriodicGauges gauges = new PeriodicGauges(metrics, Duration.milliseconds(5));
  private final AtomicReference<Supplier<Number>> query = new AtomicReference<>();

  @AfterEach
  void stop() {
    gauges.stop();
  }

  @Test
  void aGaugeIsNaNWhileItsQueryFails() {
    gauges.add("failing", () -> query.get().get());
    gauges.add("other", () -> 7);
    awaitValue("failing", Double.NaN);
    query.set(() -> 1);
    gauges.start();
    awaitValue("failing", 1);

    query.set(
        () -> {
          throw new IllegalStateException("away");
        });
    awaitValue("failing", Double.NaN);
    awaitValue("other", 7);

    query.set(() -> 2);
    awaitValue("failing", 2);
  }

  @Test
  void aQueryWithoutAResultHasNoValue() {
    gauges.add("lag", () -> null);
    gauges.start();
    awaitValue("lag", null);
  }

  private void awaitValue(String name, Number expected) {
    Eventually.within(
        LIMIT,
        () -> {
          Object shown = metrics.getGauges().get(name).getValue();
          return expected == null ? shown == null : expected.equals(shown);
        });
  }
}
