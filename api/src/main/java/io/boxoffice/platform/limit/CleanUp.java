package io.boxoffice.platform.limit;

import io.dropwizard.lifecycle.Managed;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the rows of clients that have a whole quota again, every minute and in small
 * transactions. Every replica does this; they do not wait for each other.
 */
final class CleanUp implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(CleanUp.class);
  private static final int BATCH = 1_000;
  private static final int MOST_BATCHES = 100;
  private static final long INTERVAL_SECONDS = 60;

  private final Jdbi jdbi;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "rate-limit-clean-up"));

  CleanUp(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public void start() {
    var unused =
        clock.scheduleWithFixedDelay(
            this::run, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void stop() {
    clock.shutdownNow();
  }

  /** Never throws: the executor does not run a task again after an exception. */
  void run() {
    try {
      for (int batch = 0; batch < MOST_BATCHES && deleteBatch() == BATCH; batch++) {
        LOG.debug("Deleted {} rows of rate limits", BATCH);
      }
    } catch (JdbiException failure) {
      LOG.warn("Old rate limits stay in the database for now: {}", failure.getMessage());
    }
  }

  private int deleteBatch() {
    return jdbi.withExtension(RateLimitDao.class, dao -> dao.deleteWhole(BATCH));
  }
}
