package io.boxoffice.warmup;

import com.codahale.metrics.health.HealthCheck;
import io.boxoffice.purchase.SalesDesk;
import io.boxoffice.purchase.WarmUpDesk;
import io.dropwizard.lifecycle.ServerLifecycleListener;
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
 * Buys tickets of a concert that does not exist until the JVM has compiled the way of a purchase;
 * only then the replica says that it is ready. A replica that is started by a rush would otherwise
 * be slow exactly when it is needed. The requests take the way of any other, from the socket to the
 * desk, but they are neither counted nor logged nor simulated, and nothing of them is kept.
 */
public final class WarmUp extends HealthCheck
    implements LifeCycle.Listener, ServerLifecycleListener {
  /** The request attribute of a warm-up request. */
  public static final String ATTRIBUTE = "boxoffice.warm-up";

  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  /** As many connections as a crowd's first ones, for each has buffers of its own. */
  private static final int CALLERS = 32;

  /** So many requests are under way at a time; more would take the CPU from the compiler. */
  private static final int UNDER_WAY = 2;

  private final Duration length;
  private final String operatorToken;
  private final Function<SalesDesk, WarmUpDesk> stage;
  private final WarmUpConnections connections = new WarmUpConnections();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicInteger present = new AtomicInteger();
  private WarmUpDesk desk;
  private volatile boolean over;

  /**
   * Warms up for the given time; zero means no warm-up.
   *
   * @param operatorToken blank where none is needed
   * @param stage sets the desk up at which rehearsals buy, beside the real one
   */
  public WarmUp(Duration length, String operatorToken, Function<SalesDesk, WarmUpDesk> stage) {
    this.length = length;
    this.operatorToken = operatorToken;
    this.stage = stage;
    this.over = length.isZero();
  }

  /** A desk that also takes what is rehearsed; the given one itself when nothing is. */
  public SalesDesk beside(SalesDesk real) {
    if (over) {
      return real;
    }
    desk = stage.apply(real);
    return desk;
  }

  @Override
  protected Result check() {
    return over ? Result.healthy() : Result.unhealthy("warming up");
  }

  @Override
  public void lifeCycleStarting(LifeCycle starting) {
    if (!over && starting instanceof Server server) {
      server.setRequestLog(WarmUpConnections.keptOutOf(server.getRequestLog()));
    }
  }

  @Override
  public void serverStarted(Server server) {
    if (!over) {
      Thread starter = new Thread(() -> warmUp(server), "warm-up");
      starter.setDaemon(true);
      starter.start();
    }
  }

  private void warmUp(Server server) {
    try {
      ServerConnector front = (ServerConnector) server.getConnectors()[0];
      Collection<HttpConfiguration.ConnectionFactory> protocols =
          front.getContainedBeans(HttpConfiguration.ConnectionFactory.class);
      protocols.forEach(protocol -> protocol.getHttpConfiguration().addCustomizer(connections));
      try {
        callAll(server, addressOf(front));
      } finally {
        protocols.forEach(
            protocol -> protocol.getHttpConfiguration().getCustomizers().remove(connections));
      }
      LOG.info("Warmed up with {} requests in {} s", requests, length.toSeconds());
    } catch (Exception failure) {
      LOG.warn("The warm-up failed; the replica reports ready without it", failure);
    } finally {
      desk.close();
      over = true;
    }
  }

  private void callAll(Server server, InetSocketAddress address) throws InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    WarmUpRequests programme =
        new WarmUpRequests(
            desk.concertId(), desk.ticketTypeId(), desk.soldOutTypeId(), operatorToken);
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      for (int i = 0; i < CALLERS; i++) {
        callers.execute(() -> callUntil(end, server, address, programme));
        TimeUnit.NANOSECONDS.sleep(length.toNanos() / (2L * CALLERS));
      }
      callers.shutdown();
      if (!callers.awaitTermination(2 * length.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The warm-up did not end in time");
      }
    } finally {
      callers.shutdownNow();
    }
  }

  private static InetSocketAddress addressOf(ServerConnector front) throws IOException {
    InetAddress bound = front.getHost() == null ? null : InetAddress.getByName(front.getHost());
    return new InetSocketAddress(
        bound == null || bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound,
        front.getLocalPort());
  }

  private void callUntil(
      long end, Server server, InetSocketAddress address, WarmUpRequests programme) {
    present.incrementAndGet();
    try (WarmUpClient caller = new WarmUpClient(address, connections)) {
      for (long now = System.nanoTime(); now - end < 0 && server.isRunning(); ) {
        WarmUpRequests.Request request = programme.request(requests.getAndIncrement());
        int status = caller.call(request.text());
        if (status != request.status()) {
          // Its first line only, for a header of it may be the operator's token.
          String line = request.text().lines().findFirst().orElseThrow();
          LOG.warn("The warm-up request {} was answered with {}", line, status);
          return;
        }
        long answered = System.nanoTime();
        LockSupport.parkNanos((answered - now) * (present.get() - UNDER_WAY) / UNDER_WAY);
        now = System.nanoTime();
      }
    } catch (IOException | RuntimeException failure) {
      LOG.warn("A connection of the warm-up failed", failure);
    }
  }
}
