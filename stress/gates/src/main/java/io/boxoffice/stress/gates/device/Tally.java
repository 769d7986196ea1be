package io.boxoffice.stress.gates.device;

import io.boxoffice.stress.gates.ledger.Entry;
import io.boxoffice.stress.gates.ledger.Result;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Counts what all devices do, for the progress of a run, and keeps latencies of online scans. */
public final class Tally {
  private static final int DIGITS = 3;
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);

  private final LongAdder scanned = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder admitted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder offline = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final Recorder recorder = new Recorder(LONGEST_MICROS, DIGITS);
  private final Histogram total = new Histogram(LONGEST_MICROS, DIGITS);

  void scanned(boolean withoutNetwork) {
    scanned.increment();
    if (withoutNetwork) {
      offline.increment();
    }
  }

  void answered(Entry entry, long nanos) {
    answered.increment();
    if (entry.result().is(Result.ADMITTED)) {
      admitted.increment();
    } else if (entry.result().is(Result.REFUSED)) {
      refused.increment();
    }
    if (!entry.scan().offline()) {
      recorder.recordValue(Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos)));
    }
  }

  void retried() {
    retries.increment();
  }

  /** How many scans the devices have numbered. */
  public long scannedCount() {
    return scanned.sum();
  }

  /** How many of them have a result. */
  public long answeredCount() {
    return answered.sum();
  }

  /** How many results are {@code admitted}. */
  public long admittedCount() {
    return admitted.sum();
  }

  /** How many results are {@code refused}. */
  public long refusedCount() {
    return refused.sum();
  }

  /** How many scans were made without network. */
  public long offlineCount() {
    return offline.sum();
  }

  /** How many batches had no answer. */
  public long retryCount() {
    return retries.sum();
  }

  /** The latencies since the last call, in microseconds. */
  public synchronized Histogram lastLatencies() {
    Histogram last = recorder.getIntervalHistogram();
    total.add(last);
    return last;
  }

  /** Forgets the latencies so far, which are those of programs that are not yet warm. */
  public synchronized void restartLatencies() {
    recorder.getIntervalHistogram();
    total.reset();
  }

  /**
   * The latencies of online scans after the restart, from the arrival of the person to the result,
   * in microseconds.
   */
  public synchronized Histogram latencies() {
    total.add(recorder.getIntervalHistogram());
    return total.copy();
  }
}
