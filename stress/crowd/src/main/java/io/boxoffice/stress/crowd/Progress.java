package io.boxoffice.stress.crowd;

import io.boxoffice.stress.crowd.record.Kind;
import io.boxoffice.stress.crowd.record.Outcome;
import io.boxoffice.stress.crowd.record.Recorder;
import io.boxoffice.stress.crowd.record.RequestCounts;
import java.util.Locale;

/** Prints the progress of a run every few seconds. */
final class Progress implements AutoCloseable {
  private static final int PERIOD_SECONDS = 5;

  private final Recorder recorder;
  private final Runnable watcher;
  private final Thread thread = new Thread(this::watch, "progress");

  private Progress(Recorder recorder, Runnable watcher) {
    this.recorder = recorder;
    this.watcher = watcher;
  }

  /** Begins; the watcher is asked every second. */
  static Progress begin(Recorder recorder, Runnable watcher) {
    Progress progress = new Progress(recorder, watcher);
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
      for (int second = 1; ; second++) {
        Thread.sleep(1_000);
        watcher.run();
        if (second % PERIOD_SECONDS == 0) {
          say();
        }
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private void say() {
    RequestCounts total = recorder.total();
    if (total.sentCount() == 0) {
      return;
    }
    int second = (int) recorder.elapsed();
    RequestCounts last = recorder.between(second - PERIOD_SECONDS, second);
    System.err.printf(
        Locale.ROOT,
        "  %5d s  %,6.0f requests/s   sold %,d   sold out %,d   denied %,d   failed %,d   waiting %,d   p99 %s%n",
        second,
        (double) last.sentCount() / PERIOD_SECONDS,
        total.count(Outcome.SOLD),
        total.count(Outcome.SOLD_OUT),
        total.count(Outcome.DENIED),
        total.count(Outcome.FAILED) + total.count(Outcome.LOST) + total.count(Outcome.OVERLOADED),
        total.sentCount() - total.ended(),
        p99(last));
  }

  private static String p99(RequestCounts tally) {
    double slowest = 0;
    for (Kind kind : Kind.values()) {
      double p99 = tally.percentile(kind, 99);
      slowest = p99 > slowest ? p99 : slowest;
    }
    return String.format(Locale.ROOT, "%.0f ms", slowest);
  }
}
