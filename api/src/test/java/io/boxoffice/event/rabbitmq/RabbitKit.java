package io.boxoffice.event.rabbitmq;

import com.codahale.metrics.MetricRegistry;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.DeadLetter;
import io.boxoffice.event.transport.Subscription;
import io.boxoffice.event.transport.TransportException;
import io.boxoffice.platform.rabbitmq.RabbitSettings;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestEvents;
import io.boxoffice.testing.TestRabbit;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** Helps tests of RabbitMQ: one transport with its metrics, events, and a relay that repeats. */
abstract class RabbitKit {
  static final Duration LIMIT = Duration.ofSeconds(90);

  /** So short that tests do not wait for them. */
  static final RabbitOptions FAST = fast(true);

  private static final AtomicInteger NAMES = new AtomicInteger();

  /** A name that no other test uses, for a type and a consumer. */
  final String name = "case-" + NAMES.getAndIncrement();

  final MetricRegistry metrics = new MetricRegistry();
  RabbitTransport transport;

  static RabbitOptions fast(boolean confirms) {
    return new RabbitOptions(
        List.of(
            Duration.ofMillis(20),
            Duration.ofMillis(40),
            Duration.ofMillis(60),
            Duration.ofMillis(100)),
        confirms);
  }

  @AfterEach
  final void closeTransport() {
    if (transport != null) {
      transport.close();
    }
  }

  final RabbitTransport open(String url) {
    transport = new RabbitTransport(new RabbitSettings(url), FAST, metrics);
    return transport;
  }

  final Subscription subscription(boolean ordered, int batchSize) {
    return new Subscription(name, Set.of(name), ordered, batchSize);
  }

  /** Events of this test's type; see {@link TestEvents#of}. */
  final List<Event> events(int count, int keys) {
    return TestEvents.of(name, count, keys);
  }

  /** Publishes as the relay does: a batch that failed again, until it succeeds. */
  static void relay(RabbitTransport transport, List<Event> batch) {
    Eventually.within(LIMIT, () -> published(transport, batch));
  }

  static boolean published(RabbitTransport transport, List<Event> batch) {
    try {
      transport.publish(batch);
      return true;
    } catch (TransportException away) {
      return false;
    }
  }

  final boolean is(String gauge) {
    return metrics.getGauges().get("rabbitmq." + gauge).getValue().equals(1);
  }

  final long count(String meter) {
    return metrics.meter("rabbitmq." + meter).getCount();
  }

  final List<DeadLetter> deadLetters() {
    try {
      return transport.deadLetters().list(null, 1_000);
    } catch (TransportException away) {
      return List.of();
    }
  }

  /** Does something at the broker on a connection of its own. */
  static void atBroker(TestRabbit rabbit, Step step) {
    try (Connection connection = new RabbitSettings(rabbit.url()).factory().newConnection();
        Channel channel = connection.createChannel()) {
      step.run(channel);
    } catch (Exception cause) {
      throw new IllegalStateException(cause);
    }
  }

  /** What a test does with a channel. */
  interface Step {
    void run(Channel channel) throws Exception;
  }
}
