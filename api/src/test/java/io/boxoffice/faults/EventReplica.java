package io.boxoffice.faults;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.uuid.Generators;
import io.boxoffice.event.model.EventType;
import io.boxoffice.event.outbox.TestRelay;
import io.boxoffice.event.postgres.PostgresTransport;
import io.boxoffice.event.rabbitmq.RabbitOptions;
import io.boxoffice.event.rabbitmq.RabbitTransport;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.event.transport.Subscription;
import io.boxoffice.event.transport.Transport;
import io.boxoffice.faults.Passage.Channel;
import io.boxoffice.platform.rabbitmq.RabbitSettings;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestRabbit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** The relay and a consumer of one replica, behind proxies to the database and the broker. */
final class EventReplica implements AutoCloseable {
  /** What it receives. */
  static final Subscription SUBSCRIPTION =
      new Subscription("single-faults", Set.of(EventType.CONCERT_CHANGED.text()), true, 2);

  /** Longer than a statement may take. */
  private static final Duration DELAY = Duration.ofMillis(2_300);

  private static final int STATEMENT_SECONDS = 2;

  /** Longer than the limits of a connection to RabbitMQ one after the other, which take 25 s. */
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private static final RabbitOptions FAST =
      new RabbitOptions(
          List.of(
              Duration.ofMillis(20),
              Duration.ofMillis(40),
              Duration.ofMillis(60),
              Duration.ofMillis(80)),
          true);

  private final Gate gate = new Gate(this::crash);
  private final List<FaultyProxy> proxies = new ArrayList<>();
  private final Jdbi sessions;
  private final TransportFactory transports;
  private volatile boolean crashed;

  private interface TransportFactory {
    Transport open();
  }

  /**
   * Connects a replica.
   *
   * @param rabbit null for the transport in the database
   */
  EventReplica(TestDatabase database, TestRabbit rabbit) {
    URI server = URI.create(database.url().substring("jdbc:".length()));
    FaultyProxy toDatabase =
        proxy(
            Channel.DATABASE,
            new InetSocketAddress(server.getHost(), server.getPort()),
            PostgresProtocol::new);
    String url =
        "jdbc:postgresql://localhost:%d%s?sslmode=disable&gssEncMode=disable&prepareThreshold=0&socketTimeout=%d"
            .formatted(toDatabase.port(), server.getPath(), STATEMENT_SECONDS);
    sessions =
        Jdbi.create(url, database.user(), database.password())
            .installPlugin(new PostgresPlugin())
            .installPlugin(new SqlObjectPlugin());
    if (rabbit == null) {
      transports =
          () ->
              new PostgresTransport(
                  sessions, sessions, Generators.timeBasedEpochGenerator(), Duration.ofMillis(10));
    } else {
      FaultyProxy toBroker =
          proxy(
              Channel.BROKER,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), rabbit.port()),
              AmqpProtocol::new);
      RabbitSettings settings = new RabbitSettings(rabbit.url(toBroker.port()));
      transports = () -> new RabbitTransport(settings, FAST, new MetricRegistry());
    }
  }

  private FaultyProxy proxy(
      Channel channel, InetSocketAddress target, Supplier<Protocol> protocols) {
    FaultyProxy proxy = new FaultyProxy(channel, target, gate, protocols, DELAY);
    proxies.add(proxy);
    return proxy;
  }

  Gate gate() {
    return gate;
  }

  /** The connections of the effect, which end like the others. */
  Jdbi sessions() {
    return sessions;
  }

  private void crash() {
    crashed = true;
    proxies.forEach(FaultyProxy::die);
  }

  /** Whether its connections have ended for good. */
  boolean isCrashed() {
    return crashed;
  }

  /** Connects it again, as a process that was started again. */
  void revive() {
    crashed = false;
    proxies.forEach(FaultyProxy::revive);
  }

  /** Publishes until a condition holds or the replica crashes. */
  void publishUntil(BooleanSupplier done) throws InterruptedException {
    Transport transport = transports.open();
    try (TestRelay relay = new TestRelay(sessions, transport)) {
      await(done);
    } finally {
      transport.close();
    }
  }

  /** Receives events until a condition holds or the replica crashes. */
  void receiveUntil(BooleanSupplier done, Function<Jdbi, Receiver> receivers) {
    Transport transport = transports.open();
    try {
      transport.subscribe(SUBSCRIPTION, receivers.apply(sessions));
      await(done);
    } finally {
      transport.close();
    }
  }

  private void await(BooleanSupplier done) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!crashed && !done.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not done within " + LIMIT);
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  @Override
  public void close() {
    proxies.forEach(FaultyProxy::close);
  }
}
