package io.boxoffice.event.postgres;

import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/** Deletes consumers that nothing runs any more, with their deliveries, so that the table ends. */
public final class TransportCleanUp {
  private static final int BATCH = 10_000;

  private final Jdbi jdbi;
  private final Duration retention;

  /**
   * Deletes from the given database.
   *
   * @param retention how long a consumer without a subscription is kept
   */
  public TransportCleanUp(Jdbi jdbi, Duration retention) {
    this.jdbi = jdbi;
    this.retention = retention;
  }

  /** Deletes all of them, in transactions of 10,000 deliveries. */
  public void run() {
    jdbi.useExtension(
        ConsumerDao.class,
        dao -> {
          while (dao.deleteAbandoned(retention, BATCH) == BATCH) {
            // More are left.
          }
          dao.deleteUnused(retention);
        });
  }
}
