package io.boxoffice.lab.balancing;

import io.boxoffice.lab.load.Sale;
import io.boxoffice.stress.bench.http.Arrivals;
import io.boxoffice.stress.bench.safety.BenchException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Purchases at random times at a rate, whether or not earlier ones are answered, from several
 * addresses. The same seed gives the same times, addresses and concerts, so each proxy and each
 * algorithm gets the same load.
 */
final class Load {
  /** More requests wait for a thread; their latency counts from their arrival. */
  private static final int MOST_AT_ONCE = 400;

  private static final Duration END_LIMIT = Duration.ofMinutes(1);

  private final List<String> sources;
  private final List<Sale> sales;
  private final double perSecond;

  /**
   * Prepares loads.
   *
   * @param sources addresses of this machine, each for about as many buyers
   * @param sales many, because the purchases of one ticket type wait for one another, at whichever
   *     replica they are
   */
  Load(List<String> sources, List<Sale> sales, double perSecond) {
    this.sources = List.copyOf(sources);
    this.sales = List.copyOf(sales);
    this.perSecond = perSecond;
  }

  /** Sends purchases for a time, and waits for the last answer. */
  List<Answer> run(URI entrance, Duration length, long seed) {
    Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    ThreadPoolExecutor threads = threads();
    try {
      long begin = System.nanoTime();
      BuyerConnection connection =
          new BuyerConnection(entrance, () -> micros(System.nanoTime() - begin));
      SplittableRandom random = new SplittableRandom(seed);
      Arrivals arrivals = new Arrivals(perSecond, random.nextLong());
      for (; arrivals.peek() < length.toNanos(); arrivals.advance()) {
        awaitArrival(begin + arrivals.peek());
        long arrived = micros(arrivals.peek());
        String source = sources.get(random.nextInt(sources.size()));
        Sale sale = sales.get(random.nextInt(sales.size()));
        threads.execute(() -> answers.add(connection.buy(source, sale, arrived)));
      }
      threads.shutdown();
      if (!threads.awaitTermination(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new BenchException("The buyers do not end");
      }
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", cause);
    } finally {
      threads.shutdownNow();
    }
    return List.copyOf(answers);
  }

  private static ThreadPoolExecutor threads() {
    return new ThreadPoolExecutor(
        MOST_AT_ONCE,
        MOST_AT_ONCE,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        task -> {
          Thread thread = new Thread(task, "buyer");
          thread.setDaemon(true);
          return thread;
        });
  }

  private static void awaitArrival(long nanos) throws InterruptedException {
    for (long wait = nanos - System.nanoTime(); wait > 0; wait = nanos - System.nanoTime()) {
      LockSupport.parkNanos(wait);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private static long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }
}
