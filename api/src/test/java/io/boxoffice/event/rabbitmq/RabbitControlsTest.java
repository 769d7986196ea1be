package io.boxoffice.event.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.Received;
import io.boxoffice.platform.rabbitmq.RabbitSettings;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestRabbit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Shows that the tests would notice losses and disorder, by leaving out what prevents them. */
class RabbitControlsTest extends RabbitKit {
  private static final int BATCH = 100;
  private static final int OVERTAKEN = 1_000;

  private static TestRabbit rabbit;

  @BeforeAll
  static void start() {
    rabbit = TestRabbit.running();
  }

  @AfterAll
  static void stop() {
    if (rabbit != null) {
      rabbit.close();
    }
  }

  @Test
  void withoutConfirmsAKilledBrokerLosesEvents() {
    Received received = new Received();
    open(rabbit.url());
    transport.subscribe(subscription(true, 100), received);
    try (RabbitTransport careless =
        new RabbitTransport(new RabbitSettings(rabbit.url()), fast(false), new MetricRegistry())) {
      List<Event> events = events(10_000, 64);
      CompletableFuture<Void> restart = null;
      for (int from = 0; from < events.size(); from += BATCH) {
        if (from == events.size() / 2) {
          restart =
              CompletableFuture.runAsync(
                  () -> {
                    rabbit.kill();
                    rabbit.start();
                  });
        }
        relay(careless, events.subList(from, from + BATCH));
      }
      restart.join();
      List<Event> last = events(1, 1);
      relay(transport, last);
      Eventually.within(LIMIT, () -> received.ids().contains(last.get(0).id()));
      Eventually.within(LIMIT, this::nothingWaits);
      assertThat(received.ids().size()).isLessThan(events.size() + 1);
    }
  }

  private boolean nothingWaits() {
    try {
      return transport.backlogs().stream().allMatch(backlog -> backlog.deliveries() == 0);
    } catch (Exception away) {
      return false;
    }
  }

  @Test
  void competingConsumersBreakTheOrder() {
    Received received = new Received();
    open(rabbit.url());
    try (RabbitTransport other =
        new RabbitTransport(new RabbitSettings(rabbit.url()), FAST, new MetricRegistry())) {
      transport.subscribe(subscription(false, 1), received);
      // The slower one of the two is overtaken.
      other.subscribe(
          subscription(false, 1),
          batch -> {
            Eventually.within(LIMIT, () -> received.ids().size() >= OVERTAKEN);
            received.receive(batch);
          });
      List<Event> events = events(5_000, 8);
      for (int from = 0; from < events.size(); from += BATCH) {
        relay(transport, events.subList(from, from + BATCH));
      }
      Eventually.within(LIMIT, () -> received.ids().size() == events.size());
      assertThat(received.outOfOrder(events)).isPositive();
    }
  }
}
