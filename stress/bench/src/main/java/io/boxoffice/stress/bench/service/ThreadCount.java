package io.boxoffice.stress.bench.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Watches how many threads a process has, as Linux counts them. */
public final class ThreadCount implements AutoCloseable {
  private static final long PERIOD_MILLIS = 100;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "thread-count");
            thread.setDaemon(true);
            return thread;
          });
  private volatile int most;

  private ThreadCount() {}

  /** Watches from now on. */
  public static ThreadCount watch(long pid) {
    ThreadCount count = new ThreadCount();
    var unused =
        count.timer.scheduleAtFixedRate(
            () -> of(pid).ifPresent(now -> count.most = Math.max(count.most, now)),
            0,
            PERIOD_MILLIS,
            TimeUnit.MILLISECONDS);
    return count;
  }

  /** The number of threads now; empty on a system without /proc. */
  public static OptionalInt of(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("Threads:"))
          .mapToInt(line -> Integer.parseInt(line.substring(8).strip()))
          .findFirst();
    } catch (IOException notLinux) {
      return OptionalInt.empty();
    }
  }

  /** The most threads that were seen; NaN on a system without /proc. */
  public double most() {
    return most == 0 ? Double.NaN : most;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
