package io.boxoffice.event.postgres;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.Backlog;
import io.boxoffice.event.transport.DeadLetters;
import io.boxoffice.event.transport.Partitions;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.event.transport.Subscription;
import io.boxoffice.event.transport.Transport;
import io.boxoffice.event.transport.TransportException;
import io.boxoffice.platform.metrics.PeriodicGauges;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Carries events through a table of the shop's database, so that a shop without a broker has
 * events. Each consumer has its own deliveries in eight partitions. A subscription locks a
 * partition while it receives a batch from it, so that a partition has one active subscription at a
 * time and no subscription owns it.
 */
public final class PostgresTransport implements Transport {
  private final Jdbi jdbi;
  private final Jdbi sessions;
  private final NoArgGenerator ids;
  private final Duration firstPause;
  private final DeadLetters deadLetters;
  private final Queue<Worker> workers = new ConcurrentLinkedQueue<>();

  /**
   * Uses the given database.
   *
   * @param sessions opens a new session for each handle, without a pool: each subscription keeps
   *     one
   * @param ids for dead letters; they increase with time (UUID version 7)
   * @param firstPause after the first failure of a delivery; the next ones are longer
   */
  public PostgresTransport(Jdbi jdbi, Jdbi sessions, NoArgGenerator ids, Duration firstPause) {
    this.jdbi = jdbi;
    this.sessions = sessions;
    this.ids = ids;
    this.firstPause = firstPause;
    this.deadLetters = new StoredDeadLetters(jdbi);
  }

  /** Runs statements, and translates their failure. */
  static <T> T call(Supplier<T> statements) throws TransportException {
    try {
      return statements.get();
    } catch (JdbiException failure) {
      throw new TransportException("The database did not store or read deliveries", failure);
    }
  }

  @Override
  public void publish(List<Event> events) throws TransportException {
    call(
        () -> {
          Set<String> wanted = jdbi.withExtension(ConsumerDao.class, ConsumerDao::wantedTypes);
          store(events.stream().filter(event -> wanted.contains(event.type())).toList());
          return events.size();
        });
  }

  private void store(List<Event> events) {
    if (events.isEmpty()) {
      return;
    }
    jdbi.useTransaction(
        handle -> {
          ConsumerDao dao = handle.attach(ConsumerDao.class);
          dao.publish(
              events.stream().map(Event::type).toArray(String[]::new),
              events.stream().map(event -> Partitions.of(event.key())).toArray(Integer[]::new),
              events.stream().map(Event::key).toArray(UUID[]::new),
              events.stream().map(Event::toJson).toArray(String[]::new));
          dao.signal();
        });
  }

  @Override
  public Running subscribe(Subscription subscription, Receiver receiver) {
    Worker worker =
        new Worker(sessions, subscription, new Batches(subscription, receiver, ids, firstPause));
    worker.start();
    workers.add(worker);
    return () -> {
      worker.close();
      workers.remove(worker);
    };
  }

  @Override
  public DeadLetters deadLetters() {
    return deadLetters;
  }

  @Override
  public List<Backlog> backlogs() throws TransportException {
    return call(
        () -> jdbi.withExtension(ConsumerDao.class, dao -> dao.backlogs(PeriodicGauges.MOST_ROWS)));
  }

  @Override
  public void close() {
    workers.forEach(Worker::end);
    workers.forEach(Worker::close);
    workers.clear();
  }
}
