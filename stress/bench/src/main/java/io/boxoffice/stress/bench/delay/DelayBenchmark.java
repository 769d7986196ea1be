package io.boxoffice.stress.bench.delay;

import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.bench.service.ThreadCount;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.HdrHistogram.Histogram;

/**
 * Measures the cost of delayed requests in a running service: many connections buy at once, each
 * again after its answer, while a probe reads /health. It sends requests to 127.0.0.1 only, for a
 * limited time.
 */
public final class DelayBenchmark {
  private static final int MOST_CONNECTIONS = 20_000;
  private static final int MOST_SECONDS = 120;
  private static final long PROBE_PAUSE_MILLIS = 20;
  private static final String DELAY = "simulation_delay_seconds";

  private final Map<String, String> settings;
  private final DelayedService service;

  private DelayBenchmark(Map<String, String> settings) {
    this.settings = settings;
    this.service = new DelayedService(number("port"), number("adminPort"), settings.get("token"));
  }

  /**
   * Takes settings, each as {@code name=value}. With {@code delay=none} it does not change the
   * simulation, for a service that has a delay of its own; {@code pid} lets it count the service's
   * threads.
   *
   * @throws BenchException when a setting is not known, or the service answers with an error
   */
  public static void run(List<String> arguments) {
    Map<String, String> settings =
        new LinkedHashMap<>(
            Map.of(
                "port",
                "8080",
                "adminPort",
                "8081",
                "pid",
                "",
                "connections",
                "5000",
                "concerts",
                "200",
                "delay",
                "2s",
                "warmup",
                "40",
                "seconds",
                "30",
                "token",
                ""));
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      if (parts.length != 2 || settings.replace(parts[0], parts[1]) == null) {
        throw new BenchException("%s is not one of %s.".formatted(argument, settings.keySet()));
      }
    }
    try {
      new DelayBenchmark(settings).measure();
    } catch (IOException cause) {
      throw new BenchException("The service did not answer: " + cause, cause);
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", cause);
    }
  }

  private void measure() throws IOException, InterruptedException {
    Duration warmUp = Duration.ofSeconds(Math.min(MOST_SECONDS, number("warmup")));
    Duration measured = Duration.ofSeconds(Math.min(MOST_SECONDS, number("seconds")));
    boolean simulated = !settings.get("delay").equals("none");
    List<String> concerts = service.createConcerts(number("concerts"));
    if (simulated) {
      service.delayPurchases(settings.get("delay"));
    }
    long from = System.nanoTime() + warmUp.toNanos();
    long to = from + measured.toNanos();
    DelayedBuyers buyers =
        new DelayedBuyers(
            number("port"),
            concerts,
            Math.min(MOST_CONNECTIONS, number("connections")),
            new DelayedBuyers.Interval(from, to));
    String before;
    Histogram health;
    String after;
    String threads;
    try (buyers) {
      buyers.start();
      Thread.sleep(warmUp.toMillis());
      before = service.metrics();
      health = probeHealthUntil(to);
      after = service.metrics();
      threads = threads();
      if (simulated) {
        service.delayNothing();
      }
    }

    Histogram latencies = buyers.latencies();
    say("connections", settings.get("connections"));
    say("purchases/s", "%.0f", latencies.getTotalCount() / (double) measured.toSeconds());
    say(
        "purchase p50/p99",
        "%.3f s / %.3f s",
        latencies.getValueAtPercentile(50) / 1e9,
        latencies.getValueAtPercentile(99) / 1e9);
    say(
        "/health p50/p99/max",
        "%.1f ms / %.1f ms / %.1f ms (%d probes)",
        health.getValueAtPercentile(50) / 1e6,
        health.getValueAtPercentile(99) / 1e6,
        health.getMaxValue() / 1e6,
        health.getTotalCount());
    if (simulated) {
      sayDelay(before, after);
    }
    say("OS threads", threads);
    say("statuses", "%s, broken %d", buyers.statuses(), buyers.broken());
  }

  private static void sayDelay(String before, String after) {
    double count = grown(before, after, DELAY + "_count");
    double below = grown(before, after, DELAY + "_bucket{le=\"1.9\",}");
    double within = grown(before, after, DELAY + "_bucket{le=\"2.1\",}");
    say(
        "delay's own",
        "mean %.4f s, %.1f%% in 1.9..2.1 s, %.0f active at the end",
        grown(before, after, DELAY + "_sum") / count,
        100 * (within - below) / count,
        DelayedService.sample(after, "simulation_active_delays"));
  }

  private Histogram probeHealthUntil(long end) throws IOException, InterruptedException {
    Histogram taken = DelayedBuyers.histogram();
    while (System.nanoTime() < end) {
      long before = System.nanoTime();
      service.health();
      taken.recordValue(System.nanoTime() - before);
      Thread.sleep(PROBE_PAUSE_MILLIS);
    }
    return taken;
  }

  private String threads() {
    OptionalInt count =
        settings.get("pid").isEmpty() ? OptionalInt.empty() : ThreadCount.of(number("pid"));
    return count.isPresent() ? Integer.toString(count.getAsInt()) : "unknown (give pid=, on Linux)";
  }

  private int number(String setting) {
    try {
      return Integer.parseInt(settings.get(setting));
    } catch (NumberFormatException cause) {
      throw new BenchException(setting + " must be a whole number.", cause);
    }
  }

  private static double grown(String before, String after, String name) {
    return DelayedService.sample(after, name) - DelayedService.sample(before, name);
  }

  private static void say(String what, String format, Object... values) {
    System.out.printf(Locale.ROOT, "%-22s %s%n", what, String.format(Locale.ROOT, format, values));
  }
}
