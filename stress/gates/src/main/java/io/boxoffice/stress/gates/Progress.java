package io.boxoffice.stress.gates;

import io.boxoffice.stress.gates.device.Tally;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Prints the progress of a run every few seconds. */
final class Progress implements AutoCloseable {
  private static final int PERIOD_SECONDS = 5;

  private final Filling filling;
  private final Thread thread = new Thread(this::watch, "progress");
  private long scannedBefore;

  private Progress(Filling filling) {
    this.filling = filling;
  }

  /** Begins. */
  static Progress begin(Filling filling) {
    Progress progress = new Progress(filling);
    progress.thread.setDaemon(true);
    progress.thread.start();
    return progress;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void watch() {
    try {
      for (int second = PERIOD_SECONDS; ; second += PERIOD_SECONDS) {
        Thread.sleep(PERIOD_SECONDS * 1_000L);
        say(second);
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(int second) {
    Tally tally = filling.tally();
    long scanned = tally.scannedCount();
    Histogram last = tally.lastLatencies();
    System.err.printf(
        Locale.ROOT,
        "  %5d s  %,6.0f scans/s   admitted %,d   refused %,d   offline %,d   waiting %,d   no answer %,d   p99 %s%n",
        second,
        (double) (scanned - scannedBefore) / PERIOD_SECONDS,
        tally.admittedCount(),
        tally.refusedCount(),
        tally.offlineCount(),
        filling.waiting(),
        tally.retryCount(),
        last.getTotalCount() == 0
            ? "-"
            : String.format(Locale.ROOT, "%.0f ms", last.getValueAtPercentile(99) / 1e3));
    scannedBefore = scanned;
  }
}
