package io.boxoffice.partners.payment.ledger;

import com.codahale.metrics.health.HealthCheck;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries to disk by one thread and then into the {@link Book}. The entries that wait while
 * the disk is busy share the next wait for it. After a failed write it is unknown what is on disk,
 * so nothing more is written until the process starts again and reads the file.
 */
public final class Ledger extends HealthCheck implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
  private static final int MOST_WAITING = 20_000;
  private static final int MOST_AT_ONCE = 1_000;
  private static final int RETRY_AFTER_SECONDS = 1;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /** An entry that waits for the disk; it gets its time when its turn comes. */
  private record Waiting(
      Function<Instant, LedgerEntry> entry, CompletableFuture<LedgerEntry> written) {}

  /** Ends the writer behind everything that waits. */
  private static final Waiting END = new Waiting(null, null);

  private final Book book = new Book();
  private final Clock clock;
  private final LedgerFile file;
  private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread writer = new Thread(this::write, "payment-ledger");
  private Instant lastTime;
  private volatile boolean stopping;
  private volatile boolean failed;

  private Ledger(Clock clock, Path directory, ObjectMapper json) {
    this.clock = clock;
    this.file = LedgerFile.open(directory, json, book::apply);
    this.lastTime = book.latest();
    writer.setDaemon(true);
  }

  /**
   * Reads the ledger of a folder into memory.
   *
   * @throws StartupException when the folder cannot be used or the ledger is damaged
   */
  public static Ledger open(Clock clock, Path directory, ObjectMapper json) {
    return new Ledger(clock, directory, json);
  }

  /** What is on disk. */
  public Book book() {
    return book;
  }

  /**
   * Adds an entry.
   *
   * @param entry makes the entry; its argument is never before the one of an earlier entry
   * @return completes when the entry is on disk and in the book; fails with a {@link
   *     ProblemException} when the ledger cannot be written
   */
  public <E extends LedgerEntry> CompletableFuture<E> append(Function<Instant, E> entry) {
    CompletableFuture<LedgerEntry> written = new CompletableFuture<>();
    if (failed || stopping) {
      written.completeExceptionally(unavailable());
    } else if (!waiting.offer(new Waiting(entry::apply, written))) {
      written.completeExceptionally(
          ProblemException.retryable(
              ProblemCode.OVERLOADED, "Too many entries wait for the disk.", RETRY_AFTER_SECONDS));
    }
    @SuppressWarnings("unchecked") // the writer completes it with what the function made
    CompletableFuture<E> typed = (CompletableFuture<E>) written;
    return typed;
  }

  @Override
  public void start() {
    writer.start();
  }

  /** Writes the entries that wait, and closes the file. */
  @Override
  public void stop() throws Exception {
    stopping = true;
    boolean ends = waiting.offer(END, STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    if (ends && writer.isAlive()) {
      writer.join(STOP_LIMIT.toMillis());
    }
    file.close();
  }

  @Override
  protected Result check() {
    return failed ? Result.unhealthy("the ledger could not be written") : Result.healthy();
  }

  private void write() {
    List<Waiting> batch = new ArrayList<>();
    boolean ended = false;
    while (!ended && !failed) {
      try {
        batch.add(waiting.take());
        waiting.drainTo(batch, MOST_AT_ONCE - 1);
        ended = batch.remove(END);
        write(batch);
        batch.clear();
      } catch (IOException | RuntimeException | InterruptedException cause) {
        failed = true;
        LOG.error("The ledger cannot be written; restart the partner when the disk works", cause);
      }
    }
    failAll(batch);
    failAll(waiting);
  }

  private void write(List<Waiting> batch) throws IOException {
    List<LedgerEntry> entries = new ArrayList<>(batch.size());
    for (Waiting next : batch) {
      entries.add(next.entry().apply(nextTime()));
    }
    file.append(entries);
    entries.forEach(book::apply);
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).written().complete(entries.get(i));
    }
  }

  /** The clock may be set back; the order of the ledger may not. */
  private Instant nextTime() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    lastTime = now.isBefore(lastTime) ? lastTime : now;
    return lastTime;
  }

  private static void failAll(Iterable<Waiting> entries) {
    for (Waiting next : entries) {
      if (!next.equals(END)) {
        next.written().completeExceptionally(unavailable());
      }
    }
  }

  private static ProblemException unavailable() {
    return ProblemException.retryable(
        ProblemCode.UNAVAILABLE, "The ledger cannot be written now.", RETRY_AFTER_SECONDS);
  }
}
