package io.boxoffice.gate.ingest;

import io.boxoffice.gate.ingest.Message.OneScan;
import io.boxoffice.gate.scan.ScanFailure;
import io.boxoffice.gate.state.ScanResult;
import io.boxoffice.platform.rabbitmq.RabbitConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the messages of some partitions, one batch at a time: applies the scans, keeps the dead
 * letters, and then acknowledges. While the database or the broker fails, it tries the same batch
 * again with growing pauses, and holds as many messages as the prefetch allows.
 */
final class ScanWorker {
  private static final Logger LOG = LoggerFactory.getLogger(ScanWorker.class);
  private static final Duration WAIT = Duration.ofMillis(100);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  /**
   * After so many failures of a batch, each scan is applied alone, if one of them is the reason.
   */
  private static final int FAILURES_TOGETHER = 3;

  private final RabbitConnection connection;
  private final MessageReader reader;
  private final BatchApplier applier;
  private final DeadLetters deadLetters;
  private final IngestOptions options;
  private final IngestMetrics metrics;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile Session session;

  /** A message of a batch, with what it says. */
  private record Part(Received received, Message message) {}

  /**
   * Creates a worker without partitions.
   *
   * @param name names its thread
   */
  ScanWorker(
      String name,
      RabbitConnection connection,
      MessageReader reader,
      BatchApplier applier,
      DeadLetters deadLetters,
      IngestOptions options,
      IngestMetrics metrics) {
    this.connection = connection;
    this.reader = reader;
    this.applier = applier;
    this.deadLetters = deadLetters;
    this.options = options;
    this.metrics = metrics;
    this.thread = new Thread(this::work, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Begins to receive from a partition. */
  void add(String partition) throws IOException {
    if (session == null) {
      session = new Session(connection.channel(), options.prefetch(), received::add);
    }
    session.add(partition);
  }

  /** The session of its partitions; null while it has none. */
  Session session() {
    return session;
  }

  /** Gives up all partitions at once. What is not acknowledged goes back to the queues. */
  void reset() {
    Session ended = session;
    session = null;
    if (ended != null) {
      ended.close();
    }
    received.clear();
  }

  private void work() {
    try {
      while (closing.getCount() > 0) {
        List<Part> batch = collect();
        if (!batch.isEmpty()) {
          end(batch);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Part> collect() throws InterruptedException {
    List<Part> batch = new ArrayList<>();
    int scans = 0;
    long wait = WAIT.toNanos();
    long end = 0;
    while (scans < options.batchScans()) {
      Received next = received.poll(wait, TimeUnit.NANOSECONDS);
      if (next == null) {
        return batch;
      }
      if (batch.isEmpty()) {
        end = System.nanoTime() + options.linger().toNanos();
      }
      wait = Math.max(0, end - System.nanoTime());
      if (!next.session().isLost()) {
        Message message = reader.read(next);
        batch.add(new Part(next, message));
        // A message without a scan counts too, so that a batch of them ends.
        scans += Math.max(1, message.scans().size());
      }
    }
    return batch;
  }

  /** Returns when the batch is acknowledged, its sessions are lost, or the worker ends. */
  private void end(List<Part> batch) throws InterruptedException {
    int failures = 0;
    boolean alone = false;
    while (closing.getCount() > 0 && isHeld(batch)) {
      try {
        List<ScanResult> results = apply(batch, alone);
        List<DeadLetter> dead = dead(batch, results);
        deadLetters.keep(dead);
        acknowledge(batch);
        count(results, dead);
        if (failures > 0) {
          LOG.info("Scans from RabbitMQ are applied again");
        }
        return;
      } catch (IOException | RuntimeException failure) {
        failures++;
        alone = failures >= FAILURES_TOGETHER && ScanFailure.isOfScan(failure);
        metrics.failed();
        Duration pause = options.pauseAfter(failures);
        if (failures == 1) {
          LOG.warn(
              "{} messages with scans failed and are tried again: {}",
              batch.size(),
              failure.toString());
        }
        if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    }
  }

  private static boolean isHeld(List<Part> batch) {
    return batch.stream().anyMatch(part -> !part.received().session().isLost());
  }

  private List<ScanResult> apply(List<Part> batch, boolean alone) {
    List<OneScan> scans = batch.stream().flatMap(part -> part.message().scans().stream()).toList();
    return applier.apply(scans.stream().map(OneScan::item).toList(), alone);
  }

  /** Returns what cannot be read, and the scans that were not applied. */
  private List<DeadLetter> dead(List<Part> batch, List<ScanResult> results) {
    List<DeadLetter> dead = new ArrayList<>();
    int next = 0;
    for (Part part : batch) {
      dead.addAll(part.message().dead());
      for (OneScan scan : part.message().scans()) {
        ScanResult result = results.get(next++);
        if (result.problem() != null) {
          dead.add(
              new DeadLetter(
                  result.problem().text(),
                  String.valueOf(result.detail()),
                  part.received().gate(),
                  reader.bytes(scan.json())));
        }
      }
    }
    return dead;
  }

  private static void acknowledge(List<Part> batch) {
    // Messages of a session are in the order of their tags.
    Map<Session, Long> last = new HashMap<>();
    batch.forEach(part -> last.put(part.received().session(), part.received().tag()));
    last.forEach(Session::acknowledge);
    batch.forEach(part -> part.received().partition().end());
  }

  private void count(List<ScanResult> results, List<DeadLetter> dead) {
    results.stream().filter(result -> result.problem() == null).forEach(metrics::ended);
    dead.forEach(letter -> metrics.dead(letter.reason()));
  }

  /** Ends after the batch that is worked on, or after 10 s. */
  void close() {
    closing.countDown();
    try {
      thread.join(CLOSE_LIMIT.toMillis());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    reset();
  }
}
