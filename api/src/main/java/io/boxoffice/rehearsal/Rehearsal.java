package io.boxoffice.rehearsal;

import com.codahale.metrics.health.HealthCheck;
import io.boxoffice.purchase.RehearsalDesk;
import io.boxoffice.purchase.SalesDesk;
import io.dropwizard.lifecycle.ServerLifecycleListener;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buys tickets of a concert that does not exist until the JVM has compiled the way of a purchase;
 * only then the replica says that it is ready. A replica that is started by a rush would otherwise
 * be slow exactly when it is needed. The requests take the way of any other, from Jetty's parser to
 * the desk, but they are neither counted nor logged nor simulated, and nothing of them is kept.
 */
public final class Rehearsal extends HealthCheck implements ServerLifecycleListener {
  /** Marks a request of a rehearsal. */
  public static final String ATTRIBUTE = "boxoffice.rehearsal";

  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

  /** Enough that requests gather in batches; more would only wait. */
  private static final int BUYERS = 16;

  private final Duration length;
  private final Function<SalesDesk, RehearsalDesk> stage;
  private RehearsalDesk desk;
  private volatile boolean over;

  /**
   * Rehearses for the given time; none at all when it is zero.
   *
   * @param stage sets the desk up at which rehearsals buy, beside the real one
   */
  public Rehearsal(Duration length, Function<SalesDesk, RehearsalDesk> stage) {
    this.length = length;
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
  public void serverStarted(Server server) {
    if (!over) {
      Thread director = new Thread(() -> rehearse(server), "rehearsal");
      director.setDaemon(true);
      director.start();
    }
  }

  private void rehearse(Server server) {
    long begin = System.nanoTime();
    AtomicLong numbers = new AtomicLong();
    ExecutorService buyers = Executors.newFixedThreadPool(BUYERS);
    try (BackDoor door = new BackDoor(server)) {
      for (int i = 0; i < BUYERS; i++) {
        buyers.execute(() -> buyUntil(begin + length.toNanos(), server, door, numbers));
      }
      buyers.shutdown();
      if (!buyers.awaitTermination(2 * length.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The rehearsal did not end in time");
      }
      LOG.info("Rehearsed {} purchases in {} s", numbers, length.toSeconds());
    } catch (Exception failure) {
      LOG.warn("The rehearsal failed; the service opens without it", failure);
    } finally {
      buyers.shutdownNow();
      desk.close();
      over = true;
    }
  }

  private void buyUntil(long end, Server server, BackDoor door, AtomicLong numbers) {
    String path = "/v1/concerts/" + desk.concertId() + "/purchases";
    LocalConnector.LocalEndPoint connection = door.connect(); // closed with the door
    try {
      while (System.nanoTime() - end < 0 && server.isRunning()) {
        String status = BackDoor.buy(connection, path, numbers.incrementAndGet());
        if (!status.contains(" 201 ")) {
          LOG.warn("A purchase of the rehearsal was answered with {}", status);
          return;
        }
      }
    } catch (Exception failure) {
      LOG.warn("A buyer of the rehearsal gave up", failure);
    }
  }
}
