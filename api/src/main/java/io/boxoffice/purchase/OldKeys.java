package io.boxoffice.purchase;

import io.boxoffice.purchase.store.OldKeysDao;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Erases idempotency keys that are older than their retention, in small transactions. The purchases
 * and orders stay; a repeated request is a new one from then on.
 */
final class OldKeys {
  static final Duration PAUSE = Duration.ofHours(1);

  /** The most rows that a transaction looks at. */
  static final int BATCH = 1_000;

  /** The most batches of one run, so that a run ends. */
  private static final int MOST_BATCHES = 1_000;

  private static final List<String> TABLES = List.of("purchases", "orders");

  private final Jdbi jdbi;
  private final Duration retention;
  private final int batch;

  /**
   * Erases keys in the given database.
   *
   * @param batch the most rows that a transaction looks at
   */
  OldKeys(Jdbi jdbi, Duration retention, int batch) {
    this.jdbi = jdbi;
    this.retention = retention;
    this.batch = batch;
  }

  /** Erases what is older than its retention. */
  void erase() {
    for (String table : TABLES) {
      int seen = batch;
      for (int done = 0; done < MOST_BATCHES && seen == batch; done++) {
        seen =
            jdbi.inTransaction(
                handle -> handle.attach(OldKeysDao.class).erase(table, retention, batch));
      }
    }
  }
}
