package io.boxoffice.warmup;

import com.codahale.metrics.health.HealthCheck;
import io.boxoffice.purchase.desk.Sales;
import io.boxoffice.purchase.desk.SalesDesk;
import io.boxoffice.purchase.desk.SalesDeskSettings;
import io.dropwizard.lifecycle.ServerLifecycleListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warms up a new replica, because a replica that starts under load would otherwise be slow when it
 * is most needed. It buys tickets of a concert that does not exist, for a fixed time, so that the
 * JVM compiles the code of a purchase. Only then does the replica report that it is ready. The
 * requests take the same path as all others, from the socket to the desk. They are not counted,
 * logged or simulated, and nothing of them is kept.
 */
public final class WarmUp extends HealthCheck
    implements LifeCycle.Listener, ServerLifecycleListener {
  /** The request attribute that marks a warm-up request. */
  static final String ATTRIBUTE = "boxoffice.warm-up";

  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  /** The number of connections. Each has its own buffers, so they warm up too. */
  private static final int CONNECTIONS = 32;

  /** The number of requests in flight on average. More would take CPU time from the compiler. */
  private static final int IN_FLIGHT = 2;

  private final Duration length;
  private final String operatorToken;
  private final SalesDeskSettings deskSettings;
  private final Function<Sales, WarmUpSales> newSales;
  private final WarmUpConnections connections = new WarmUpConnections();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicInteger openConnections = new AtomicInteger();
  private WarmUpSales sales;
  private WarmUpDesk desk;
  private volatile boolean done;

  /**
   * Warms up for the given time; zero means no warm-up.
   *
   * @param operatorToken blank when operators need no token
   * @param deskSettings the settings of the real desk
   * @param newSales makes the sales of the warm-up from the real ones
   */
  WarmUp(
      Duration length,
      String operatorToken,
      SalesDeskSettings deskSettings,
      Function<Sales, WarmUpSales> newSales) {
    this.length = length;
    this.operatorToken = operatorToken;
    this.deskSettings = deskSettings;
    this.newSales = newSales;
    this.done = length.isZero();
  }

  /**
   * Wraps a desk so that it also executes warm-up purchases. Returns the desk unchanged if there is
   * no warm-up.
   *
   * @param realSales what sells the batches of the real desk
   */
  public SalesDesk beside(SalesDesk real, Sales realSales) {
    if (done) {
      return real;
    }
    sales = newSales.apply(realSales);
    desk = new WarmUpDesk(real, sales, deskSettings);
    return desk;
  }

  /** Returns whether the warm-up itself sent this request. */
  public static boolean isWarmUp(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) != null;
  }

  @Override
  protected Result check() {
    return done ? Result.healthy() : Result.unhealthy("warming up");
  }

  @Override
  public void lifeCycleStarting(LifeCycle starting) {
    if (!done && starting instanceof Server server) {
      server.setRequestLog(WarmUpConnections.keptOutOf(server.getRequestLog()));
    }
  }

  @Override
  public void serverStarted(Server server) {
    if (!done) {
      Thread starter = new Thread(() -> warmUp(server), "warm-up");
      starter.setDaemon(true);
      starter.start();
    }
  }

  private void warmUp(Server server) {
    try {
      ServerConnector connector = (ServerConnector) server.getConnectors()[0];
      Collection<HttpConfiguration.ConnectionFactory> protocols =
          connector.getContainedBeans(HttpConfiguration.ConnectionFactory.class);
      protocols.forEach(protocol -> protocol.getHttpConfiguration().addCustomizer(connections));
      try {
        sendAll(server, addressOf(connector));
      } finally {
        protocols.forEach(
            protocol -> protocol.getHttpConfiguration().getCustomizers().remove(connections));
      }
      LOG.info("Warmed up with {} requests in {} s", requests, length.toSeconds());
    } catch (Exception failure) {
      LOG.warn("The warm-up failed; the replica reports ready without it", failure);
    } finally {
      desk.close();
      done = true;
    }
  }

  private void sendAll(Server server, InetSocketAddress address) throws InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    WarmUpRequests warmUpRequests =
        new WarmUpRequests(
            sales.concertId(), sales.ticketTypeId(), sales.soldOutTypeId(), operatorToken);
    ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        senders.execute(() -> sendUntil(end, server, address, warmUpRequests));
        TimeUnit.NANOSECONDS.sleep(length.toNanos() / (2L * CONNECTIONS));
      }
      senders.shutdown();
      if (!senders.awaitTermination(2 * length.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The warm-up did not end in time");
      }
    } finally {
      senders.shutdownNow();
    }
  }

  private static InetSocketAddress addressOf(ServerConnector connector) throws IOException {
    InetAddress bound =
        connector.getHost() == null ? null : InetAddress.getByName(connector.getHost());
    return new InetSocketAddress(
        bound == null || bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound,
        connector.getLocalPort());
  }

  private void sendUntil(
      long end, Server server, InetSocketAddress address, WarmUpRequests warmUpRequests) {
    openConnections.incrementAndGet();
    try (WarmUpClient client = new WarmUpClient(address, connections)) {
      for (long now = System.nanoTime(); now - end < 0 && server.isRunning(); ) {
        WarmUpRequests.Request request = warmUpRequests.request(requests.getAndIncrement());
        int status = client.call(request.text());
        if (status != request.status()) {
          // Logs the first line only, because a header may hold the operator's token.
          String line = request.text().lines().findFirst().orElseThrow();
          LOG.warn("The warm-up request {} was answered with {}", line, status);
          return;
        }
        long answered = System.nanoTime();
        LockSupport.parkNanos((answered - now) * (openConnections.get() - IN_FLIGHT) / IN_FLIGHT);
        now = System.nanoTime();
      }
    } catch (IOException | RuntimeException failure) {
      LOG.warn("A connection of the warm-up failed", failure);
    }
  }
}
