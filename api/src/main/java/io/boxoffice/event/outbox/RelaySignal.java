package io.boxoffice.event.outbox;

import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies the relay of commits, from another transaction than the commit's own: PostgreSQL commits
 * transactions that notify one after the other. Many commits cause one notice.
 */
final class RelaySignal implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(RelaySignal.class);

  /** Between two notices of a replica. */
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Jdbi jdbi;
  private final Semaphore commits = new Semaphore(0);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;

  RelaySignal(Jdbi jdbi) {
    this.jdbi = jdbi;
    thread = new Thread(this::run, "relay-signal");
    thread.setDaemon(true);
  }

  /** Notes a commit with events. It returns at once. */
  void committed() {
    if (commits.availablePermits() == 0) {
      commits.release();
    }
  }

  private void run() {
    try {
      do {
        commits.acquire();
        commits.drainPermits();
        signal();
      } while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException ended) {
      LOG.debug("Stopped");
    }
  }

  /** Sends a notice. Without it, the relay finds the events by its own look. */
  private void signal() {
    try {
      jdbi.useExtension(OutboxDao.class, OutboxDao::signal);
    } catch (JdbiException away) {
      LOG.debug("The relay was not notified", away);
    }
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void stop() {
    stopped.countDown();
    thread.interrupt();
  }
}
