package io.boxoffice.platform;

import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a task again and again on a thread of its own, so that a feature can follow the database or
 * delete old rows. A failure is logged when it differs from the one before, and the task runs again
 * after the same pause.
 */
public final class RepeatedTask implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(RepeatedTask.class);

  private final String name;
  private final Duration pause;
  private final Runnable task;
  private final ScheduledExecutorService thread;

  /** The failure that was logged last; empty after a success. Only the thread uses it. */
  private String loggedFailure = "";

  /**
   * Creates a task that runs after {@link #start()}, at once and then after each pause.
   *
   * @param name names the thread and the log lines
   * @param pause the time between the end of a run and the begin of the next one
   */
  public RepeatedTask(String name, Duration pause, Runnable task) {
    this.name = name;
    this.pause = pause;
    this.task = task;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread daemon = new Thread(work, name);
              daemon.setDaemon(true);
              return daemon;
            });
  }

  @Override
  public void start() {
    var unused =
        thread.scheduleWithFixedDelay(this::run, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    thread.shutdownNow();
  }

  /** Never throws: the executor does not run a task again after an exception. */
  private void run() {
    try {
      task.run();
      loggedFailure = "";
    } catch (RuntimeException failure) {
      String cause = failure.toString();
      if (!thread.isShutdown() && !cause.equals(loggedFailure)) {
        loggedFailure = cause;
        LOG.warn("{} failed and runs again: {}", name, failure.getMessage());
      }
    }
  }
}
