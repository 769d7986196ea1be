package io.boxoffice.event.outbox;

import io.boxoffice.event.transport.Transport;
import io.boxoffice.event.transport.TransportException;
import io.boxoffice.platform.database.Notices;
import io.dropwizard.lifecycle.Managed;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the events of the outbox in their order. Each replica has a relay, and one of them
 * leads: the one whose session has the advisory lock. It reads, publishes and deletes by this
 * session, so a relay that has lost the lock deletes nothing. A crash between the confirmation and
 * the deletion repeats one batch at most.
 *
 * <p>A relay that cannot publish gives up the lead and pauses, so that a replica that reaches the
 * transport can lead.
 */
final class Relay implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  /** Names the work among the advisory locks of the database. */
  private static final long LOCK = 0x6f7574626f78L;

  /** The most events of a batch of the service. */
  static final int BATCH = 1_000;

  /** How long the relay waits for a notice before it looks itself. */
  private static final Duration POLL = Duration.ofSeconds(1);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Jdbi sessions;
  private final Transport transport;
  private final RelayMetrics metrics;
  private final int batch;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;

  /** What the thread waits on; null before the first session. */
  private volatile Notices waiting;

  /** The failures since the last success. Only the thread uses it. */
  private int failures;

  /**
   * Creates a relay that runs after its start.
   *
   * @param sessions opens a new session for each handle, without a pool
   * @param batch the most events that are published together, 1 to 1,000
   */
  Relay(Jdbi sessions, Transport transport, RelayMetrics metrics, int batch) {
    this.sessions = sessions;
    this.transport = transport;
    this.metrics = metrics;
    this.batch = batch;
    thread = new Thread(this::run, "relay");
    thread.setDaemon(true);
  }

  private void run() {
    try {
      do {
        try (Handle session = sessions.open()) {
          relay(session);
        } catch (TransportException | SQLException | RuntimeException failure) {
          failed(failure);
        } finally {
          metrics.leads(false);
        }
      } while (!stopped.await(pause().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException ended) {
      LOG.debug("Stopped");
    }
  }

  private void failed(Exception failure) {
    if (isStopped()) {
      return;
    }
    metrics.failed();
    failures++;
    if (failures == 1) {
      LOG.warn("The relay failed and runs again: {}", failure.getMessage());
    }
  }

  private void relay(Handle session) throws TransportException, SQLException {
    OutboxDao outbox = session.attach(OutboxDao.class);
    Notices notices = new Notices(session.getConnection());
    waiting = notices;
    outbox.listen();
    while (!isStopped() && !outbox.lead(LOCK)) {
      notices.await(POLL);
    }
    while (!isStopped()) {
      metrics.leads(true);
      notices.forget();
      if (publishBatch(outbox) == 0) {
        notices.await(POLL);
      }
    }
  }

  private int publishBatch(OutboxDao outbox) throws TransportException {
    List<OutboxRow> rows = outbox.next(batch);
    if (!rows.isEmpty()) {
      transport.publish(rows.stream().map(OutboxRow::toEvent).toList());
      outbox.delete(rows.stream().map(OutboxRow::position).toArray(Long[]::new));
      metrics.published(rows.size());
    }
    failures = 0;
    return rows.size();
  }

  private Duration pause() {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  @Override
  public void start() {
    thread.start();
  }

  /** Waits for the batch that is being published, so that it is not repeated. */
  @Override
  public void stop() throws InterruptedException {
    stopped.countDown();
    Notices notices = waiting;
    if (notices != null) {
      notices.end();
    }
    thread.join(STOP_LIMIT.toMillis());
    thread.interrupt();
  }
}
