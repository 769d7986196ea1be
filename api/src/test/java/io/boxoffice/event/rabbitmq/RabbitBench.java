package io.boxoffice.event.rabbitmq;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.Subscription;
import io.boxoffice.event.transport.TransportException;
import io.boxoffice.platform.rabbitmq.RabbitSettings;
import io.boxoffice.testing.PairedRates;
import io.boxoffice.testing.TestEvents;
import io.boxoffice.testing.TestRabbit;
import java.util.List;
import java.util.Set;

/**
 * Compares one wait for confirms for each batch with one for each message: {@code ./boxoffice bench
 * rabbitmq [ROUNDS]}. Both publish to one consumer of a RabbitMQ that this starts. The sides take
 * turns, and the median of the rounds counts.
 */
public final class RabbitBench {
  private static final int MOST_ROUNDS = 15;
  private static final int BATCH = 1_000;
  private static final int BATCHED = 20_000;
  private static final int ALONE = 1_000;
  private static final double GOAL = 10;
  private static final String TYPE = "bench";

  private RabbitBench() {}

  /** Prints both rates and their ratio. */
  public static void main(String[] arguments) throws Exception {
    if (!TestRabbit.isInstalled()) {
      System.out.println("skipped: RabbitMQ is not installed (apt-get install rabbitmq-server)");
      return;
    }
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    try (TestRabbit rabbit = TestRabbit.running();
        RabbitTransport transport =
            new RabbitTransport(
                new RabbitSettings(rabbit.url()), RabbitOptions.standard(), new MetricRegistry())) {
      transport.subscribe(new Subscription(TYPE, Set.of(TYPE), true, 1_000), batch -> {});
      run(transport, Math.max(1, Math.min(MOST_ROUNDS, rounds)));
    }
    System.exit(0);
  }

  private static void run(RabbitTransport transport, int rounds) throws Exception {
    PairedRates.print(
        BATCH,
        () -> rate(transport, BATCH, BATCHED),
        () -> rate(transport, 1, ALONE),
        rounds,
        GOAL);
  }

  private static double rate(RabbitTransport transport, int batch, int count)
      throws TransportException {
    List<Event> events = TestEvents.of(TYPE, count, count);
    long begin = System.nanoTime();
    for (int from = 0; from < count; from += batch) {
      transport.publish(events.subList(from, from + batch));
    }
    return count * 1e9 / (System.nanoTime() - begin);
  }
}
