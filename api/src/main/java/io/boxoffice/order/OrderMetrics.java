package io.boxoffice.order;

import io.boxoffice.order.state.OrderState;
import io.boxoffice.order.store.OrderCountDao;
import io.boxoffice.platform.metrics.PeriodicGauges;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;

/** Counts what happens to orders, and reads how many wait for something. */
final class OrderMetrics {
  /** The states that a healthy order leaves soon, whose number is small and worth a query. */
  private static final List<OrderState> OPEN =
      List.of(OrderState.HELD, OrderState.PAYING, OrderState.REFUNDING);

  /** From a quick partner to a hold of a quarter of an hour. */
  private static final double[] SECONDS = {.1, .5, 1, 2, 3, 5, 10, 20, 60, 300, 600, 900, 1800};

  private static final double NANOS_PER_SECOND = 1e9;

  private final Counter transitions;
  private final Histogram seconds;

  OrderMetrics(CollectorRegistry prometheus) {
    this.transitions =
        Counter.build("order_transitions", "Changes of the state of orders at this replica.")
            .labelNames("from", "to")
            .register(prometheus);
    this.seconds =
        Histogram.build("order_state_seconds", "Time that an order had a state which it then left.")
            .labelNames("state")
            .buckets(SECONDS)
            .register(prometheus);
    OPEN.forEach(state -> seconds.labels(label(state)));
    transitions.labels(label(OrderState.PAYING), label(OrderState.CONFIRMED));
  }

  /** Counts a transition. */
  void moved(OrderState from, OrderState to) {
    transitions.labels(label(from), label(to)).inc();
  }

  /** Measures how long an order had the state that it left. */
  void left(OrderState state, Duration length) {
    seconds.labels(label(state)).observe(length.toNanos() / NANOS_PER_SECOND);
  }

  /** Exports the gauges that need a query. */
  static void watch(PeriodicGauges gauges, Jdbi jdbi, Duration paymentLimit) {
    for (OrderState state : OPEN) {
      gauges.add(
          "orders.open." + label(state),
          () -> jdbi.withExtension(OrderCountDao.class, dao -> dao.count(state)));
    }
    gauges.add(
        "orders.stuck",
        () -> jdbi.withExtension(OrderCountDao.class, dao -> dao.countStuck(paymentLimit)));
    gauges.add(
        "orders.refunding.oldest",
        () -> jdbi.withExtension(OrderCountDao.class, OrderCountDao::oldestRefundSeconds));
    gauges.add(
        "orders.unanswered",
        () -> jdbi.withExtension(OrderCountDao.class, OrderCountDao::countUnanswered));
  }

  private static String label(OrderState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
