package io.boxoffice.stress.compare;

import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.compare.audit.Answer;
import io.boxoffice.stress.compare.audit.Effects;
import io.boxoffice.stress.compare.audit.Percentiles;
import io.boxoffice.stress.compare.audit.Window;
import io.boxoffice.stress.compare.http.JsonCalls;
import io.boxoffice.stress.compare.http.OpenLoad;
import io.boxoffice.stress.compare.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends the requests of a scenario and an unrelated GET, and waits until all effects are there. */
final class Load {
  private static final long SEED = 20261129;
  private static final double READS_PER_SECOND = 20;
  private static final long PROGRESS_SECONDS = 5;

  private final CompareOptions options;
  private final Scenario scenario;
  private final double rate;

  /** What a load has led to. */
  record Result(
      List<Answer> answers,
      Effects effects,
      Window window,
      Percentiles readsMillis,
      int readFailures) {}

  Load(CompareOptions options, Scenario scenario, double rate) {
    this.options = options;
    this.scenario = scenario;
    this.rate = rate;
  }

  /** How many requests it sends. */
  int requests() {
    return OpenLoad.count(rate, length(), SEED);
  }

  /**
   * Sends them.
   *
   * @param reader where the unrelated GET goes to
   * @param path its path
   * @param beside what happens meanwhile; it has ended before the effects are read
   */
  Result run(JsonCalls reader, String path, CompletableFuture<Void> beside) {
    OpenLoad load =
        new OpenLoad(
            new OpenLoad.Requests(scenario::request, scenario::key, scenario::accepts),
            options.timeLimit());
    OpenLoad reads =
        new OpenLoad(
            new OpenLoad.Requests(
                index -> reader.request(path).GET(), Integer::toString, status -> status == 200),
            options.timeLimit());
    long from = System.currentTimeMillis() * 1_000 + micros(options.warmUp());
    Window window = new Window(from, from + micros(options.duration()));
    scenario.begin();
    CompletableFuture<List<Answer>> reading =
        CompletableFuture.supplyAsync(
            () -> reads.run(READS_PER_SECOND, length(), SEED),
            task -> new Thread(task, "reads").start());
    List<Answer> answers;
    ScheduledExecutorService progress = progress(load);
    try {
      answers = load.run(rate, length(), SEED);
    } finally {
      progress.shutdownNow();
    }
    List<Answer> measuredReads =
        reading.join().stream().filter(one -> window.contains(one.sentAt())).toList();
    beside.join();
    return new Result(
        answers,
        Drain.standard().await(answers, () -> scenario.effects(answers)),
        window,
        Percentiles.ofMicros(
            measuredReads.stream()
                .filter(one -> one.accepted() || one.code().equals(Answer.TIMEOUT))
                .mapToLong(one -> one.answeredAt() - one.sentAt())),
        (int) measuredReads.stream().filter(one -> !one.accepted()).count());
  }

  private Duration length() {
    return options.warmUp().plus(options.duration());
  }

  private static ScheduledExecutorService progress(OpenLoad load) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    long begin = System.nanoTime();
    var unused =
        timer.scheduleAtFixedRate(
            () -> {
              List<Answer> answers = load.answers();
              Compare.say(
                  String.format(
                      Locale.ROOT,
                      "  %3d s: %,d sent, %,d accepted, %,d without success",
                      TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
                      load.sent(),
                      answers.stream().filter(Answer::accepted).count(),
                      answers.stream().filter(one -> !one.accepted()).count()));
            },
            PROGRESS_SECONDS,
            PROGRESS_SECONDS,
            TimeUnit.SECONDS);
    return timer;
  }

  private static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", cause);
    }
  }
}
