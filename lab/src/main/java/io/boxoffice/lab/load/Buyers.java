package io.boxoffice.lab.load;

import io.boxoffice.stress.bench.http.Arrivals;
import io.boxoffice.stress.check.history.Operation;
import io.boxoffice.stress.check.history.Operation.Kind;
import io.boxoffice.stress.check.history.Operation.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends purchases and orders at random times at a rate, whether or not earlier ones are answered. A
 * buyer without a final answer repeats the request with the same key, until its patience ends.
 */
public final class Buyers implements AutoCloseable {
  private static final long SEED = 20261130;

  /** More buyers at once are not sent, so that an outage cannot exhaust this process. */
  private static final int MOST_WAITING = 10_000;

  /** Of so many buyers, one looks first how many tickets are left. */
  private static final int BUYERS_OF_A_LOOK = 10;

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(1);
  private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
  private final Queue<Operation> looks = new ConcurrentLinkedQueue<>();
  private final Map<String, AtomicInteger> errors = new ConcurrentHashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger bought = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger unsent = new AtomicInteger();
  private final long begin = System.nanoTime();
  private final Attempts attempts;
  private final Sale sale;
  private final double perSecond;
  private final Optional<Duration> pageAge;
  private final Thread arrivals;
  private volatile boolean stopped;

  /**
   * Starts at once.
   *
   * @param entrances a buyer begins with any of them, and repeats a request at the next one
   * @param perSecond buyers, more than 0
   * @param pageAge how old the stock may be that a buyer sees; empty if no buyer looks
   */
  public Buyers(List<URI> entrances, Sale sale, double perSecond, Optional<Duration> pageAge) {
    this.pageAge = pageAge;
    this.attempts = new Attempts(entrances, sale);
    this.sale = sale;
    this.perSecond = perSecond;
    this.arrivals = new Thread(this::arrive, "buyers");
    this.arrivals.setDaemon(true);
    this.arrivals.start();
  }

  /** Microseconds since the start: the clock of the history. */
  public long now() {
    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin);
  }

  private void arrive() {
    Arrivals times = new Arrivals(perSecond, SEED);
    for (int index = 0; !stopped; index++) {
      long wait = times.peek() - (System.nanoTime() - begin);
      while (wait > 0 && !stopped) {
        LockSupport.parkNanos(Math.min(wait, 100_000_000));
        wait = times.peek() - (System.nanoTime() - begin);
      }
      times.advance();
      if (waiting.get() >= MOST_WAITING) {
        unsent.incrementAndGet();
      } else if (!stopped) {
        waiting.incrementAndGet();
        if (pageAge.isPresent() && index % BUYERS_OF_A_LOOK == 0) {
          look(index, pageAge.get());
        }
        send(Wish.of(index, sale), 1, now());
      }
    }
  }

  private void look(int number, Duration age) {
    long invoked = now();
    CompletableFuture<Void> unused =
        attempts
            .look(number)
            .thenAccept(
                available ->
                    available.forEach(
                        (type, tickets) ->
                            looks.add(
                                new Operation(
                                    "look-%d/%s".formatted(number, type),
                                    Kind.READ,
                                    Outcome.OK,
                                    type,
                                    0,
                                    null,
                                    null,
                                    invoked,
                                    now(),
                                    tickets,
                                    age.toNanos() / 1_000))));
  }

  private void send(Wish wish, int attempt, long arrived) {
    long invoked = now();
    CompletableFuture<Void> unused =
        attempts
            .send(wish, attempt)
            .thenAccept(
                answer -> {
                  operations.add(wish.operation(attempt, answer, invoked, now()));
                  if (answer.isFinal()) {
                    waiting.decrementAndGet();
                    bought.addAndGet(answer.outcome() == Outcome.OK ? 1 : 0);
                    return;
                  }
                  failed.incrementAndGet();
                  errors
                      .computeIfAbsent(answer.code(), code -> new AtomicInteger())
                      .incrementAndGet();
                  repeat(wish, attempt, arrived);
                });
  }

  private void repeat(Wish wish, int attempt, long arrived) {
    if (now() - arrived > TimeUnit.MILLISECONDS.toMicros(PATIENCE.toMillis())) {
      waiting.decrementAndGet();
      return;
    }
    long most = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt, 10));
    long pause = ThreadLocalRandom.current().nextLong(FIRST_PAUSE_MILLIS / 2, most);
    ScheduledFuture<?> unused =
        timer.schedule(() -> send(wish, attempt + 1, arrived), pause, TimeUnit.MILLISECONDS);
  }

  /** How many purchases and orders were acknowledged. */
  public int bought() {
    return bought.get();
  }

  /** How many requests had no final answer. */
  public int failed() {
    return failed.get();
  }

  /** How many buyers have no final answer yet. */
  public int waiting() {
    return waiting.get();
  }

  /** How many buyers were not sent, because too many waited. */
  public int unsent() {
    return unsent.get();
  }

  /** How often each error was answered, by its code. */
  public Map<String, Integer> errors() {
    Map<String, Integer> counts = new TreeMap<>();
    errors.forEach((code, count) -> counts.put(code, count.get()));
    return counts;
  }

  /** All requests that have ended, with their answers. */
  public List<Operation> operations() {
    return List.copyOf(operations);
  }

  /** What buyers saw of the tickets that are left. */
  public List<Operation> looks() {
    return List.copyOf(looks);
  }

  /** No further buyer arrives; those that wait go on. */
  public void stop() {
    stopped = true;
  }

  @Override
  public void close() {
    stopped = true;
    timer.shutdownNow();
    attempts.close();
  }
}
