package io.boxoffice.event.postgres;

import io.boxoffice.event.transport.Subscription;
import io.boxoffice.platform.database.Notices;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives for one subscription, on a thread and a session of its own. The session locks the
 * partitions and deletes what is done, so a subscription that lost a lock deletes nothing.
 */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** How long a subscription waits for a notice before it looks itself. */
  private static final Duration POLL = Duration.ofSeconds(1);

  /** How often a running consumer says so. */
  private static final Duration REGISTRATION = Duration.ofMinutes(10);

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Jdbi sessions;
  private final Subscription subscription;
  private final Batches batches;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;

  /** What the thread waits on; null before the first session. */
  private volatile Notices waiting;

  private long registeredAt;
  private boolean failing;

  Worker(Jdbi sessions, Subscription subscription, Batches batches) {
    this.sessions = sessions;
    this.subscription = subscription;
    this.batches = batches;
    thread = new Thread(this::run, "consumer-" + subscription.consumer());
    thread.setDaemon(true);
  }

  /** Registers the consumer if the database is there, and starts the thread. */
  void start() {
    try (Handle session = sessions.open()) {
      register(session);
    } catch (JdbiException away) {
      LOG.warn("{} registers later: {}", thread.getName(), away.getMessage());
    }
    thread.start();
  }

  private void register(Handle session) {
    session
        .attach(ConsumerDao.class)
        .register(subscription.consumer(), subscription.types().toArray(String[]::new));
    registeredAt = System.nanoTime();
  }

  private void run() {
    try {
      do {
        try (Handle session = sessions.open()) {
          receive(session);
        } catch (SQLException | RuntimeException failure) {
          if (!isEnded() && !failing) {
            LOG.warn("{} failed and runs again: {}", thread.getName(), failure.getMessage());
          }
          failing = true;
        }
      } while (!ended.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      LOG.debug("Stopped");
    }
  }

  private void receive(Handle session) throws SQLException {
    DeliveryQueueDao queue = session.attach(DeliveryQueueDao.class);
    Notices notices = new Notices(session.getConnection());
    waiting = notices;
    queue.listen();
    register(session);
    while (!isEnded()) {
      if (System.nanoTime() - registeredAt > REGISTRATION.toNanos()) {
        register(session);
      }
      notices.forget();
      if (receiveFromAll(session, queue) == 0) {
        notices.await(POLL);
      }
      failing = false;
    }
  }

  /** Receives a batch from each partition that no other subscription receives from. */
  private int receiveFromAll(Handle session, DeliveryQueueDao queue) {
    List<Integer> partitions = queue.partitionsToTry(subscription.consumer());
    int tried = 0;
    // Subscriptions begin at different partitions, so that they seldom meet.
    int first = partitions.isEmpty() ? 0 : Math.floorMod(hashCode(), partitions.size());
    for (int i = 0; i < partitions.size() && !isEnded(); i++) {
      int partition = partitions.get((first + i) % partitions.size());
      if (queue.lock(subscription.consumer(), partition)) {
        tried += batches.receive(session, partition, this::isEnded);
        queue.unlock(subscription.consumer(), partition);
      }
    }
    return tried;
  }

  private boolean isEnded() {
    return ended.getCount() == 0;
  }

  /** Receives no further batch. */
  void end() {
    ended.countDown();
    Notices notices = waiting;
    if (notices != null) {
      notices.end();
    }
  }

  /**
   * Ends, and waits for the batch that is being received; after 10 s it interrupts the receiver.
   */
  void close() {
    end();
    try {
      thread.join(STOP_LIMIT.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
