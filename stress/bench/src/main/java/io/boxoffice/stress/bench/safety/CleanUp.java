package io.boxoffice.stress.bench.safety;

import java.util.ArrayDeque;
import java.util.Deque;

/** Stops what a run started, in reverse order and once: at the run's end, or at Ctrl-C. */
public final class CleanUp implements AutoCloseable {
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private volatile boolean ending;
  private boolean closed;

  /** One that is also closed when the process is ended, as by Ctrl-C. */
  public static CleanUp atExit() {
    CleanUp cleanUp = new CleanUp();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  cleanUp.ending = true;
                  cleanUp.close();
                },
                "clean-up"));
    return cleanUp;
  }

  /** Whether the process is ending: a run whose parts were stopped fails as it must. */
  public boolean isEnding() {
    return ending;
  }

  /**
   * Registers something that was just started. If the clean-up has already begun, it is stopped at
   * once.
   */
  public synchronized <T extends AutoCloseable> T add(T resource) {
    if (closed) {
      closeOne(resource);
      throw new BenchException("The run is ending.");
    }
    started.push(resource);
    return resource;
  }

  /** Stops one of them early. */
  public synchronized void closeNow(AutoCloseable resource) {
    if (started.remove(resource)) {
      closeOne(resource);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!started.isEmpty()) {
      closeOne(started.pop());
    }
  }

  private static void closeOne(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception failure) {
      System.err.println("could not stop " + resource + ": " + failure.getMessage());
    }
  }
}
