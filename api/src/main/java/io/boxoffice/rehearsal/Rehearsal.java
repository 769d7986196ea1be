package io.boxoffice.rehearsal;

import com.codahale.metrics.health.HealthCheck;
import io.boxoffice.purchase.RehearsalDesk;
import io.boxoffice.purchase.SalesDesk;
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
public final class Rehearsal extends HealthCheck
    implements LifeCycle.Listener, ServerLifecycleListener {
  /** Marks a request of a rehearsal. */
  public static final String ATTRIBUTE = "boxoffice.rehearsal";

  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

  /** As many connections as a crowd's first ones, for each has buffers of its own. */
  private static final int CALLERS = 32;

  /** So many requests are under way at a time; more would take the CPU from the compiler. */
  private static final int UNDER_WAY = 2;

  private final Duration length;
  private final String operatorToken;
  private final Function<SalesDesk, RehearsalDesk> stage;
  private final RehearsalConnections connections = new RehearsalConnections();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicInteger present = new AtomicInteger();
  private RehearsalDesk desk;
  private volatile boolean over;

  /**
   * Rehearses for the given time; none at all when it is zero.
   *
   * @param operatorToken blank where none is needed
   * @param stage sets the desk up at which rehearsals buy, beside the real one
   */
  public Rehearsal(
      Duration length, String operatorToken, Function<SalesDesk, RehearsalDesk> stage) {
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
    return over ? Result.healthy() : Result.unhealthy("rehearsing");
  }

  @Override
  public void lifeCycleStarting(LifeCycle starting) {
    if (!over && starting instanceof Server server) {
      server.setRequestLog(RehearsalConnections.keptOutOf(server.getRequestLog()));
    }
  }

  @Override
  public void serverStarted(Server server) {
    if (!over) {
      Thread director = new Thread(() -> rehearse(server), "rehearsal");
      director.setDaemon(true);
      director.start();
    }
  }

  private void rehearse(Server server) {
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
      LOG.info("Rehearsed {} requests in {} s", requests, length.toSeconds());
    } catch (Exception failure) {
      LOG.warn("The rehearsal failed; the service opens without it", failure);
    } finally {
      desk.close();
      over = true;
    }
  }

  private void callAll(Server server, InetSocketAddress address) throws InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    Programme programme =
        new Programme(desk.concertId(), desk.ticketTypeId(), desk.soldOutTypeId(), operatorToken);
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      for (int i = 0; i < CALLERS; i++) {
        callers.execute(() -> callUntil(end, server, address, programme));
        TimeUnit.NANOSECONDS.sleep(length.toNanos() / (2L * CALLERS));
      }
      callers.shutdown();
      if (!callers.awaitTermination(2 * length.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The rehearsal did not end in time");
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

  private void callUntil(long end, Server server, InetSocketAddress address, Programme programme) {
    present.incrementAndGet();
    try (Caller caller = new Caller(address, connections)) {
      for (long now = System.nanoTime(); now - end < 0 && server.isRunning(); ) {
        Programme.Request request = programme.request(requests.getAndIncrement());
        int status = caller.call(request.text());
        if (status != request.status()) {
          // Its first line only, for a header of it may be the operator's token.
          String line = request.text().lines().findFirst().orElseThrow();
          LOG.warn("The rehearsed {} was answered with {}", line, status);
          return;
        }
        long answered = System.nanoTime();
        LockSupport.parkNanos((answered - now) * (present.get() - UNDER_WAY) / UNDER_WAY);
        now = System.nanoTime();
      }
    } catch (IOException | RuntimeException failure) {
      LOG.warn("A caller of the rehearsal gave up", failure);
    }
  }
}
