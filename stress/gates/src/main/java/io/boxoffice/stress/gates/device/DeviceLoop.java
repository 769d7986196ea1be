package io.boxoffice.stress.gates.device;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * Operates a device in a thread: takes persons from its queue, and sends while there is a network.
 */
public final class DeviceLoop implements Runnable {
  private static final int QUEUE = 10_000;
  private static final int MOST_AT_ONCE = 500;
  private static final long POLL_MILLIS = 5;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final Device device;
  private final LongPredicate offline;
  private final long resetAtNanos;
  private final BlockingQueue<Arrival> queue = new ArrayBlockingQueue<>(QUEUE);
  private volatile long deadlineNanos = Long.MAX_VALUE;
  private volatile boolean finishing;
  private volatile RuntimeException failure;
  private volatile int waiting;
  private long beginNanos;
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private boolean wasReset;

  /**
   * Prepares a loop.
   *
   * @param offline whether there is no network at a time, in nanoseconds since the begin
   * @param resetAtNanos when the device is reset, since the begin; {@link Long#MAX_VALUE} for never
   */
  public DeviceLoop(Device device, LongPredicate offline, long resetAtNanos) {
    this.device = device;
    this.offline = offline;
    this.resetAtNanos = resetAtNanos;
  }

  /** Sets the begin of the run, by {@link System#nanoTime()}, before the thread starts. */
  public void begin(long nanos) {
    beginNanos = nanos;
  }

  /** Adds a person to the queue; false when it is full. */
  public boolean offer(Arrival arrival) {
    return queue.offer(arrival);
  }

  /** Lets the loop end when everything has a result, or at the limit. */
  public void finish(Duration limit) {
    deadlineNanos = System.nanoTime() + limit.toNanos();
    finishing = true;
  }

  /** How many scans have no result. */
  public int waiting() {
    return waiting + queue.size();
  }

  /** Why the loop ended early, or null. */
  public RuntimeException failure() {
    return failure;
  }

  @Override
  public void run() {
    try {
      while (!isDone()) {
        step();
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException broken) {
      failure = broken;
    } finally {
      device.end();
    }
  }

  private boolean isDone() {
    return finishing
        && ((queue.isEmpty() && device.waiting() == 0) || System.nanoTime() - deadlineNanos > 0);
  }

  private void step() throws InterruptedException {
    Arrival arrival = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
    long elapsed = System.nanoTime() - beginNanos;
    if (!wasReset && elapsed >= resetAtNanos) {
      device.reset(Instant.now());
      wasReset = true;
    }
    // While a person waits for an answer, the device goes on trying.
    boolean withoutNetwork = !finishing && !device.isAwaited() && offline.test(elapsed);
    for (int taken = 0; arrival != null; taken++) {
      device.scan(arrival.showing(), withoutNetwork, Instant.now(), beginNanos + arrival.atNanos());
      arrival = taken < MOST_AT_ONCE ? queue.poll() : null;
    }
    waiting = device.waiting();
    if (!withoutNetwork) {
      send();
      waiting = device.waiting();
    }
  }

  private void send() throws InterruptedException {
    if (device.send(Instant.now())) {
      pauseMillis = FIRST_PAUSE_MILLIS;
      return;
    }
    Thread.sleep(pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis / 2 + 1));
    pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
  }
}
