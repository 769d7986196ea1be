package io.boxoffice.lab.screen;

import io.boxoffice.lab.load.Buyers;
import io.boxoffice.lab.topology.Status;
import io.boxoffice.lab.topology.Topology;
import io.boxoffice.lab.trial.Trial;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Shows a running topology once a second: in place on a terminal, and otherwise as a line every
 * five seconds.
 */
public final class Screen implements Trial.Watcher, AutoCloseable {
  private static final int LINE_EVERY = 5;
  private static final String TO_LINE_BEGIN = "\r";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final long END_LIMIT_SECONDS = 5;

  private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(1);
  private final Topology topology;
  private final PrintStream to;
  private final boolean isTerminal;
  private volatile String phase = "running";
  private volatile Buyers buyers;
  private Buyers lastBuyers;
  private int lastBought;
  private int lastFailed;
  private long lastNanos = System.nanoTime();
  private int shown;
  private long ticks;

  /** Starts to show. */
  public Screen(Topology topology, PrintStream to, boolean isTerminal) {
    this.topology = topology;
    this.to = to;
    this.isTerminal = isTerminal;
    ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(this::show, 0, 1, TimeUnit.SECONDS);
  }

  /** Shows the figures of these buyers from now on. */
  @Override
  public void watch(Buyers now) {
    buyers = now;
  }

  /** Names what the lab does now. */
  @Override
  public void phase(String now) {
    phase = now;
  }

  /** Prints a line that stays. */
  public synchronized void say(String line) {
    clear();
    to.println(line);
  }

  private void show() {
    Status status;
    try {
      status = topology.status();
    } catch (RuntimeException failure) {
      // The topology changes under this thread; the next second shows it again.
      return;
    }
    print(status);
  }

  private synchronized void print(Status status) {
    Picture.Load load = load();
    if (isTerminal) {
      clear();
      List<String> lines = Picture.lines(topology.name(), phase, status, load);
      lines.forEach(to::println);
      to.flush();
      shown = lines.size();
    } else if (ticks % LINE_EVERY == 0) {
      to.println("lab: " + Picture.line(phase, status, load));
    }
    ticks++;
  }

  private void clear() {
    if (shown > 0) {
      to.print(TO_LINE_BEGIN + "\u001b[" + shown + "A" + CLEAR_BELOW);
      shown = 0;
    }
  }

  private Picture.Load load() {
    Buyers now = buyers;
    if (now == null) {
      return new Picture.Load(0, 0, 0, 0, 0);
    }
    if (now != lastBuyers) {
      lastBuyers = now;
      lastBought = 0;
      lastFailed = 0;
    }
    long nanos = System.nanoTime();
    double seconds = (nanos - lastNanos) / 1e9;
    Picture.Load load =
        new Picture.Load(
            (now.bought() - lastBought) / seconds,
            (now.failed() - lastFailed) / seconds,
            now.bought(),
            now.failed(),
            now.waiting());
    lastNanos = nanos;
    lastBought = now.bought();
    lastFailed = now.failed();
    return load;
  }

  @Override
  public void close() throws InterruptedException {
    timer.shutdownNow();
    timer.awaitTermination(END_LIMIT_SECONDS, TimeUnit.SECONDS);
  }
}
