package io.boxoffice.gate.store;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Jdbi;

/**
 * Creates the days of scans ahead of their use, and removes what is older than its retention. All
 * replicas may run it at once: the database lets one of them work.
 */
public final class ScanRetention {
  /** The pause between two runs. */
  public static final Duration PAUSE = Duration.ofHours(1);

  /** How many days ahead have a partition. */
  private static final int DAYS_AHEAD = 7;

  /** How long counts and conflicts are kept. */
  private static final Duration KEPT = Duration.ofDays(400);

  private final Jdbi jdbi;
  private final Clock clock;
  private final Duration retention;

  /**
   * Maintains the given database.
   *
   * @param retention for how long scans are kept, a day or more
   */
  public ScanRetention(Jdbi jdbi, Clock clock, Duration retention) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.retention = retention;
  }

  /** Creates and removes what is due. */
  public void run() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    jdbi.useExtension(
        ScanDao.class,
        dao -> {
          dao.createDays(today.plusDays(DAYS_AHEAD));
          while (dao.dropDay(today.minusDays(retention.toDays())) > 0) {
            // More are left; scans go on between two of them.
          }
        });
    jdbi.useExtension(SeriesDao.class, dao -> dao.deleteOld(retention));
    jdbi.useExtension(AttendanceDao.class, dao -> dao.deleteOld(KEPT));
    jdbi.useExtension(ScanConflictDao.class, dao -> dao.deleteOld(KEPT));
  }
}
