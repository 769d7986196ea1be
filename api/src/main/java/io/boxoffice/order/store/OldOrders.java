package io.boxoffice.order.store;

import java.time.Duration;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Jdbi;

/** Deletes orders that ended without tickets, and old history, in small transactions. */
public final class OldOrders {
  /** The pause between two runs. */
  public static final Duration PAUSE = Duration.ofHours(1);

  /** Names the work among the advisory locks of the database. */
  private static final long LOCK = 0x626f_0003L;

  private static final int BATCH = 1_000;

  /** The most batches of one run, so that a run ends. */
  private static final int MOST_BATCHES = 1_000;

  private final Jdbi jdbi;
  private final Duration retention;
  private final Duration historyRetention;

  /**
   * Deletes from the given database.
   *
   * @param retention how long after its end an order without tickets is kept
   * @param historyRetention how long a change of an order is kept
   */
  public OldOrders(Jdbi jdbi, Duration retention, Duration historyRetention) {
    this.jdbi = jdbi;
    this.retention = retention;
    this.historyRetention = historyRetention;
  }

  /** Deletes what is older than its retention. */
  public void delete() {
    inBatches(dao -> dao.deleteOrders(retention, BATCH));
    inBatches(dao -> dao.deleteHistory(historyRetention, BATCH));
  }

  private void inBatches(ToIntFunction<RetentionDao> deletion) {
    int deleted = BATCH;
    for (int batch = 0; batch < MOST_BATCHES && deleted == BATCH; batch++) {
      deleted =
          jdbi.inTransaction(
              handle ->
                  handle.attach(ExpiryDao.class).lead(LOCK)
                      ? deletion.applyAsInt(handle.attach(RetentionDao.class))
                      : 0);
    }
  }
}
