package io.boxoffice.partners.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries to disk by one thread and then applies them to the state in memory. The entries
 * that wait while the disk is busy share the next wait for it. After a failed write it is unknown
 * what is on disk, so nothing more is written until the process starts again and reads the file.
 */
public final class Journal<E> implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final int MOST_WAITING = 20_000;
  private static final int MOST_AT_ONCE = 1_000;
  private static final int RETRY_AFTER_SECONDS = 1;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /**
   * An entry that waits for the disk; it gets its time when its turn comes.
   *
   * @param entry null for a request to compact the file
   */
  private record Waiting<E>(Function<Instant, E> entry, CompletableFuture<E> written) {}

  private final String role;
  private final Clock clock;
  private final JournalFile<E> file;
  private final Consumer<E> state;
  private final Compaction<E> compaction;
  private final BlockingQueue<Waiting<E>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread writer;

  /** Ends the writer behind everything that waits. */
  private final Waiting<E> end = new Waiting<>(null, new CompletableFuture<>());

  private Instant lastTime;
  private volatile boolean stopping;
  private volatile boolean failed;

  /**
   * Reads the journal of a folder into the state.
   *
   * @param type the type of all entries
   * @param state gets every entry in order, and only after it is on disk
   * @param latest returns the latest time in the state, after all entries were read; {@link
   *     Instant#MIN} without entries
   * @param compaction replaces the file when it has become too long
   * @throws StartupException when the folder cannot be used or the journal is damaged
   */
  public Journal(
      Clock clock,
      JournalPlace place,
      ObjectMapper json,
      Class<E> type,
      Consumer<E> state,
      Supplier<Instant> latest,
      Compaction<E> compaction) {
    this.role = place.role();
    this.clock = clock;
    this.state = state;
    this.compaction = compaction;
    this.file = JournalFile.open(place, json, type, state);
    this.lastTime = latest.get();
    this.writer = new Thread(this::write, role + "-ledger");
    writer.setDaemon(true);
  }

  /**
   * Adds an entry.
   *
   * @param entry makes the entry; its argument is never before the one of an earlier entry
   * @return completes when the entry is on disk and in the state; fails with a {@link
   *     ProblemException} when the journal cannot be written
   */
  public <T extends E> CompletableFuture<T> append(Function<Instant, T> entry) {
    CompletableFuture<E> written = offer(entry::apply);
    @SuppressWarnings("unchecked") // the writer completes it with what the function made
    CompletableFuture<T> typed = (CompletableFuture<T>) written;
    return typed;
  }

  /**
   * Removes from the file what the state does not need any more, behind everything that waits.
   *
   * @return completes when the shorter file is on disk
   */
  public CompletableFuture<?> compact() {
    return offer(null);
  }

  private CompletableFuture<E> offer(Function<Instant, E> entry) {
    CompletableFuture<E> written = new CompletableFuture<>();
    if (failed || stopping) {
      written.completeExceptionally(unavailable());
    } else if (!waiting.offer(new Waiting<>(entry, written))) {
      written.completeExceptionally(
          ProblemException.retryable(
              ProblemCode.OVERLOADED, "Too many entries wait for the disk.", RETRY_AFTER_SECONDS));
    }
    return written;
  }

  /** Returns whether entries can be written; false from the first failure on. */
  public boolean isWritable() {
    return !failed;
  }

  @Override
  public void start() {
    writer.start();
  }

  /** Writes the entries that wait, and closes the file. */
  @Override
  public void stop() throws Exception {
    stopping = true;
    boolean ends = waiting.offer(end, STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    if (ends && writer.isAlive()) {
      writer.join(STOP_LIMIT.toMillis());
    }
    file.close();
  }

  private void write() {
    List<Waiting<E>> batch = new ArrayList<>();
    boolean ended = false;
    while (!ended && !failed) {
      try {
        batch.add(waiting.take());
        waiting.drainTo(batch, MOST_AT_ONCE - 1);
        ended = batch.removeIf(end::equals);
        write(batch);
        batch.clear();
      } catch (IOException | RuntimeException | InterruptedException cause) {
        failed = true;
        LOG.error(
            "The ledger of {} cannot be written; restart the partner when the disk works",
            role,
            cause);
      }
    }
    failAll(batch);
    failAll(waiting);
  }

  private void write(List<Waiting<E>> batch) throws IOException {
    List<E> entries = new ArrayList<>(batch.size());
    boolean compacts = false;
    for (Waiting<E> next : batch) {
      E entry = next.entry() == null ? null : next.entry().apply(nextTime());
      if (entry == null) {
        compacts = true;
      } else {
        entries.add(entry);
      }
    }
    if (!entries.isEmpty()) {
      file.append(entries);
      entries.forEach(state);
    }
    if (compacts || compaction.isDue(file.lines())) {
      file.replace(compaction.entries());
    }
    int written = 0;
    for (Waiting<E> next : batch) {
      next.written().complete(next.entry() == null ? null : entries.get(written++));
    }
  }

  /** The clock may be set back; the order of the journal may not. */
  private Instant nextTime() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    lastTime = now.isBefore(lastTime) ? lastTime : now;
    return lastTime;
  }

  private void failAll(Iterable<Waiting<E>> entries) {
    for (Waiting<E> next : entries) {
      next.written().completeExceptionally(unavailable());
    }
  }

  private static ProblemException unavailable() {
    return ProblemException.retryable(
        ProblemCode.UNAVAILABLE, "The ledger cannot be written now.", RETRY_AFTER_SECONDS);
  }
}
