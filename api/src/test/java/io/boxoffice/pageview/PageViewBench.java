package io.boxoffice.pageview;

import com.codahale.metrics.MetricRegistry;
import com.zaxxer.hikari.HikariDataSource;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestOutbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/**
 * Compares the three writers of page views, without HTTP: {@code ./boxoffice bench page-views
 * [ROUNDS]}. Commits wait for the disk, as in production. The sides take turns, and the medians of
 * the ratios count.
 */
public final class PageViewBench {
  private static final int MOST_ROUNDS = 15;
  private static final int THREADS = 16;
  private static final int SINGLE = 5_000;
  private static final int TOGETHER = 100_000;

  /** How many requests wait at once when they share a COPY. */
  private static final int IN_FLIGHT = 500;

  private final TestDatabase database = TestDatabase.migrated().durable();
  private final HikariDataSource pool = pool(database);
  private final Jdbi jdbi =
      Jdbi.create(pool).installPlugin(new PostgresPlugin()).installPlugin(new SqlObjectPlugin());
  private final PageViewMetrics metrics = new PageViewMetrics(new MetricRegistry());
  private final PageViewStore store = new PageViewStore(jdbi, TestOutbox.create(), metrics);
  private final List<UUID> concerts = List.of(UUID.randomUUID(), UUID.randomUUID());

  private PageViewBench() {}

  /** Prints the rates and their ratios. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    new PageViewBench().run(Math.max(1, Math.min(MOST_ROUNDS, rounds)));
    System.exit(0);
  }

  private static HikariDataSource pool(TestDatabase database) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(database.url());
    pool.setUsername(database.user());
    pool.setPassword(database.password());
    pool.setMaximumPoolSize(THREADS);
    return pool;
  }

  private void run(int rounds) throws Exception {
    round();
    List<Double> shared = new ArrayList<>();
    List<Double> buffered = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      double[] rates = round();
      shared.add(rates[1] / rates[0]);
      buffered.add(rates[2] / rates[0]);
      System.out.printf(
          Locale.ROOT,
          "INSERT each: %,.0f views/s   COPY for those that wait: %,.0f views/s   buffer: %,.0f"
              + " views/s%n",
          rates[0],
          rates[1],
          rates[2]);
    }
    System.out.printf(
        Locale.ROOT,
        "median ratios to an INSERT each: %.1f for requests that wait, %.1f with the buffer%n",
        median(shared),
        median(buffered));
  }

  private static double median(List<Double> ratios) {
    ratios.sort(null);
    return ratios.get(ratios.size() / 2);
  }

  private double[] round() throws Exception {
    return new double[] {single(), waiting(), buffered()};
  }

  private void empty() {
    jdbi.useHandle(handle -> handle.execute("TRUNCATE page_views, outbox"));
    jdbi.useHandle(handle -> handle.execute("CHECKPOINT"));
  }

  private PageView view(int number) {
    return new PageView(concerts.get(number % concerts.size()), Instant.now());
  }

  private double single() throws InterruptedException {
    empty();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    long begin = System.nanoTime();
    for (int i = 0; i < SINGLE; i++) {
      int number = i;
      threads.execute(() -> store.insert(view(number)));
    }
    threads.shutdown();
    if (!threads.awaitTermination(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("too slow");
    }
    return SINGLE / seconds(begin);
  }

  private double waiting() throws Exception {
    empty();
    BatchingWriter writer =
        new BatchingWriter(BatchingWriter.CAPACITY, Duration.ZERO, store::copy, metrics);
    writer.start();
    Semaphore room = new Semaphore(IN_FLIGHT);
    CompletableFuture<?>[] views = new CompletableFuture<?>[TOGETHER];
    long begin = System.nanoTime();
    for (int i = 0; i < TOGETHER; i++) {
      room.acquire();
      views[i] =
          writer
              .write(view(i))
              .toCompletableFuture()
              .whenComplete((done, failed) -> room.release());
    }
    CompletableFuture.allOf(views).get(2, TimeUnit.MINUTES);
    double rate = TOGETHER / seconds(begin);
    writer.stop();
    return rate;
  }

  private double buffered() throws InterruptedException {
    empty();
    BatchingWriter writer =
        new BatchingWriter(
            TOGETHER,
            Duration.ofMillis(100),
            new PersistentCopies(store, metrics, Duration.ofMillis(500)),
            metrics);
    writer.start();
    long begin = System.nanoTime();
    for (int i = 0; i < TOGETHER; i++) {
      var unused = writer.write(view(i));
    }
    // Returns when all of them are committed.
    writer.stop();
    return TOGETHER / seconds(begin);
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
