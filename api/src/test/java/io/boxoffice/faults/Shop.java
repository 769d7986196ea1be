package io.boxoffice.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.app.BoxOfficeApplication;
import io.boxoffice.faults.Passage.Channel;
import io.boxoffice.order.Replica;
import io.boxoffice.order.payment.PaymentPartner;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.platform.metrics.PeriodicGauges;
import io.boxoffice.purchase.SalesDeskFactory;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import io.dropwizard.lifecycle.JettyManaged;
import io.dropwizard.lifecycle.Managed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/**
 * A replica of the service in the test's process, behind proxies to its database, its partner and
 * its client. Its background tasks do not run by themselves, so that a flow sends the same messages
 * in each run; the test runs them.
 */
final class Shop implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Longer than a call to the database or to the partner may take. */
  private static final Duration DELAY = Duration.ofMillis(2_600);

  private static final String TIME_LIMIT_SECONDS = "2";
  private static final int SESSIONS = 2;

  /** Parts with a thread of their own that sends messages. */
  private static final Set<String> FOLLOWERS = Set.of("SettingFollower", "Relay", "RelaySignal");

  /** Where the status is in "HTTP/1.1 200 OK". */
  private static final int STATUS_AT = 9;

  private static final int NOT_FOUND = 404;
  private static final int CLIENT_MILLIS = 8_000;
  private static final Duration SETTLED = Duration.ofMillis(25);
  private static final Duration TO_SETTLE = Duration.ofSeconds(30);

  private final Gate gate = new Gate(this::crash);
  private final List<FaultyProxy> proxies;
  private final FaultyProxy clients;
  private final TestApplication application;
  private final Replica background;

  /** What a service is built of; a planted fault changes it. */
  record Build(UnaryOperator<Jdbi> connections, SalesDeskFactory desks) {}

  /** An answer to the client. */
  record Answer(int status, JsonNode body) {
    boolean isFinal() {
      return status < 500;
    }

    String text(String member) {
      return body.path(member).asText();
    }
  }

  /** Starts a replica. */
  Shop(TestDatabase database, LedgerPartner partner, Build build) throws Exception {
    URI server = URI.create(database.url().substring("jdbc:".length()));
    FaultyProxy toDatabase =
        proxy(
            Channel.DATABASE,
            new InetSocketAddress(server.getHost(), server.getPort()),
            PostgresProtocol::new);
    FaultyProxy toPartner = proxy(Channel.PARTNER, partner.address(), HttpProtocol::new);
    AtomicReference<Jdbi> connections = new AtomicReference<>();
    AtomicReference<PaymentPartner> calls = new AtomicReference<>();
    application =
        TestApplication.on(
                new TestDatabase(
                    "jdbc:postgresql://localhost:%d%s?sslmode=disable&gssEncMode=disable"
                        .formatted(toDatabase.port(), server.getPath()),
                    database.user(),
                    database.password()),
                new BoxOfficeApplication(
                    jdbi -> keep(connections, build.connections().apply(jdbi)),
                    build.desks(),
                    made -> keep(calls, made)))
            // The relay does not run; EventFaultsDatabaseTest has the way of events.
            .with("communication", "nonblocking")
            .with("payment.url", "http://localhost:" + toPartner.port())
            .with("payment.timeLimit", TIME_LIMIT_SECONDS + "s")
            .with("payment.breaker.slowAfter", "1s")
            .with("payment.breaker.leastCalls", "10000")
            .with("database.minSize", Integer.toString(SESSIONS))
            .with("database.maxSize", Integer.toString(SESSIONS))
            .with("database.properties.socketTimeout", TIME_LIMIT_SECONDS)
            // Otherwise the fifth run of a statement sends other messages than the first.
            .with("database.properties.prepareThreshold", "0")
            .with("health.healthChecks[0].schedule.checkInterval", "1h")
            .with("health.healthChecks[1].schedule.checkInterval", "1h")
            .with("logging.level", System.getProperty("faults.log", "OFF"));
    // Otherwise a session that was idle for half a second is checked first.
    System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "3600000");
    try {
      application.start();
    } finally {
      System.clearProperty("com.zaxxer.hikari.aliveBypassWindowMs");
    }
    clients =
        proxy(
            Channel.CLIENT,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), application.port()),
            HttpProtocol::new);
    proxies = List.of(toDatabase, toPartner, clients);
    background = new Replica(connections.get(), calls.get());
    stopBackground();
  }

  private static <T> T keep(AtomicReference<T> place, T value) {
    place.set(value);
    return value;
  }

  private FaultyProxy proxy(
      Channel channel, InetSocketAddress target, Supplier<Protocol> protocols) {
    return new FaultyProxy(channel, target, gate, protocols, DELAY);
  }

  private void stopBackground() {
    for (Object part : application.environment().lifecycle().getManagedObjects()) {
      Managed managed = part instanceof JettyManaged jetty ? jetty.getManaged() : null;
      if (managed instanceof RepeatedTask
          || managed instanceof PeriodicGauges
          || (managed != null && FOLLOWERS.contains(managed.getClass().getSimpleName()))) {
        stop(managed);
      }
    }
  }

  private static void stop(Managed task) {
    try {
      task.stop();
    } catch (Exception cause) {
      throw new IllegalStateException(cause);
    }
  }

  /** What decides about the messages of this replica. */
  Gate gate() {
    return gate;
  }

  /** Looks like a SIGKILL from outside, because the service has no state but in its connections. */
  void crash() {
    proxies.forEach(FaultyProxy::die);
  }

  /** Connects the replica again, as a process that was only stopped and continues. */
  void revive() {
    proxies.forEach(FaultyProxy::revive);
  }

  /** Waits until the replica works and sends nothing by itself. */
  void settle() {
    Eventually.within(TO_SETTLE, this::isWorking);
    Eventually.within(TO_SETTLE, () -> idleSessions() == SESSIONS && gate.isQuietFor(SETTLED));
  }

  /** Waits until the replica sends nothing. */
  void awaitQuiet() {
    Eventually.within(TO_SETTLE, () -> gate.isQuietFor(SETTLED.multipliedBy(4)));
  }

  private boolean isWorking() {
    for (int probe = 0; probe < 2; probe++) {
      if (call("GET", "/v1/orders/" + UUID.randomUUID(), null).map(Answer::status).orElse(0)
          != NOT_FOUND) {
        return false;
      }
    }
    return true;
  }

  private int idleSessions() {
    return (Integer)
        application
            .environment()
            .metrics()
            .getGauges()
            .get("database.pool.connections.idle")
            .getValue();
  }

  /** Expires what is due, as the background task does. */
  void sweep() {
    background(background::sweep);
  }

  /** Asks the partner about what is due, as the background task does. */
  void reconcile() {
    background(background::reconcile);
  }

  private static void background(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException failed) {
      // The background task logs it, and runs again.
    }
  }

  /**
   * Sends a request on a connection of its own.
   *
   * @param body null for none
   * @return empty if the client does not know what became of it
   */
  Optional<Answer> call(String method, String path, String body, String... headers) {
    StringBuilder request =
        new StringBuilder("%s %s HTTP/1.1\r\nHost: localhost\r\n".formatted(method, path))
            .append("Connection: close\r\nContent-Length: ")
            .append(body == null ? 0 : body.length())
            .append("\r\n");
    if (body != null) {
      request.append("Content-Type: application/json\r\n");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    request.append("\r\n").append(body == null ? "" : body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), clients.port())) {
      socket.setSoTimeout(CLIENT_MILLIS);
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
      HttpProtocol.Message answer =
          HttpProtocol.read(new BufferedInputStream(socket.getInputStream()), true);
      return Optional.ofNullable(answer).map(Shop::parse);
    } catch (IOException lost) {
      return Optional.empty();
    }
  }

  private static Answer parse(HttpProtocol.Message answer) {
    int status = Integer.parseInt(answer.firstLine().substring(STATUS_AT, STATUS_AT + 3));
    try {
      return new Answer(status, JSON.readTree(answer.body().array()));
    } catch (IOException noJson) {
      throw new AssertionError("an answer that is no JSON: " + answer.head(), noJson);
    }
  }

  @Override
  public void close() throws InterruptedException {
    background.close();
    application.stop();
    proxies.forEach(FaultyProxy::close);
  }
}
