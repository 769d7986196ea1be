package io.boxoffice.stress.compare.process;

import io.boxoffice.stress.bench.service.ThreadCount;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Watches a shop: its threads, memory and CPU time as the system counts them, and the metrics of
 * its events. It goes on with the next process when the shop is started again.
 */
public final class Watch implements AutoCloseable {
  private static final long PROCESS_MILLIS = 250;
  private static final long METRICS_MILLIS = 1_000;
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "watch");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Service shop;
  private final double cpuBefore;
  private final Map<Long, Double> cpuOfProcesses = new HashMap<>();
  private final TreeMap<Long, Double> cpu = new TreeMap<>();
  private int threads;
  private double memory;
  private double outbox;
  private double outboxOldest;
  private double backlog;
  private double backlogOldest;

  private Watch(Service shop) {
    this.shop = shop;
    this.cpuBefore = cpuSeconds(shop.handle());
  }

  /** Watches from now on. */
  public static Watch begin(Service shop) {
    Watch watch = new Watch(shop);
    var unusedProcess =
        watch.timer.scheduleAtFixedRate(
            watch::readProcess, 0, PROCESS_MILLIS, TimeUnit.MILLISECONDS);
    var unusedMetrics =
        watch.timer.scheduleAtFixedRate(
            watch::readMetrics, 0, METRICS_MILLIS, TimeUnit.MILLISECONDS);
    return watch;
  }

  /**
   * What was used.
   *
   * @param until when the last effect was done, in microseconds since 1970: CPU time counts to
   *     there
   */
  public synchronized Usage usage(long until) {
    Map.Entry<Long, Double> last = cpu.ceilingEntry(until / 1_000);
    double seconds =
        last != null ? last.getValue() : cpu.isEmpty() ? 0 : cpu.lastEntry().getValue();
    return new Usage(
        threads, memory, seconds - cpuBefore, outbox, outboxOldest, backlog, backlogOldest);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void readProcess() {
    ProcessHandle process = shop.handle();
    int threadsNow = ThreadCount.of(process.pid()).orElse(0);
    double memoryNow = megabytes(process.pid());
    double cpuNow = cpuSeconds(process);
    synchronized (this) {
      threads = Math.max(threads, threadsNow);
      memory = Math.max(memory, memoryNow);
      cpuOfProcesses.merge(process.pid(), cpuNow, Math::max);
      double all = cpuOfProcesses.values().stream().mapToDouble(Double::doubleValue).sum();
      cpu.put(System.currentTimeMillis(), all);
    }
  }

  private void readMetrics() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(shop.adminUrl() + "/metrics")).timeout(LIMIT).build();
      Metrics page = Metrics.of(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
      synchronized (this) {
        outbox = Math.max(outbox, page.sum("outbox_events"));
        outboxOldest = Math.max(outboxOldest, page.highest("outbox_oldest_seconds"));
        backlog = Math.max(backlog, page.sum("event_backlog"));
        backlogOldest = Math.max(backlogOldest, page.highest("event_backlog_oldest_seconds"));
      }
    } catch (IOException killed) {
      // The next reading finds the process that was started again.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
  }

  private static double megabytes(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException notLinux) {
      return 0;
    }
  }
}
