package io.boxoffice.pageview;

import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/** Deletes old page views in small transactions, so that the table does not grow without end. */
final class OldPageViews {
  static final Duration PAUSE = Duration.ofHours(1);

  /** How long a view is kept. */
  static final Duration RETENTION = Duration.ofDays(30);

  private static final int BATCH = 10_000;

  private final Jdbi jdbi;

  OldPageViews(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Deletes what is older than the retention. */
  void delete() {
    jdbi.useExtension(
        PageViewDao.class,
        dao -> {
          while (dao.deleteOld(RETENTION, BATCH) == BATCH) {
            // More are left.
          }
        });
  }
}
