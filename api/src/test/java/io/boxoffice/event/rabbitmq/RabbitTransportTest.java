package io.boxoffice.event.rabbitmq;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.event.transport.Transport;
import io.boxoffice.event.transport.TransportContract;
import io.boxoffice.platform.rabbitmq.RabbitSettings;
import io.boxoffice.testing.BreakableProxy;
import io.boxoffice.testing.TestRabbit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests that RabbitMQ does what every transport must do. */
class RabbitTransportTest extends TransportContract {
  /** So short that tests do not wait for them. */
  static final RabbitOptions FAST =
      new RabbitOptions(
          List.of(
              Duration.ofMillis(20),
              Duration.ofMillis(40),
              Duration.ofMillis(60),
              Duration.ofMillis(100)),
          true);

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

  @Override
  protected Client open() {
    BreakableProxy proxy = BreakableProxy.to(rabbit.port());
    RabbitTransport transport =
        new RabbitTransport(
            new RabbitSettings(rabbit.url(proxy.port())), FAST, new MetricRegistry());
    return new Client() {
      @Override
      public Transport transport() {
        return transport;
      }

      @Override
      public void kill() {
        proxy.close();
      }
    };
  }
}
