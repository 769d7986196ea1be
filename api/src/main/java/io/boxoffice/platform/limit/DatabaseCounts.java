package io.boxoffice.platform.limit;

import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Counts in PostgreSQL, which every shop has. */
final class DatabaseCounts implements FleetCounts {
  private final Jdbi jdbi;

  DatabaseCounts(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.jdbi.v3.core.JdbiException when the database does not answer; its usual time limits
   *     apply
   */
  @Override
  public Taken take(UUID key, long period, long most) {
    return jdbi.withExtension(RateLimitDao.class, dao -> dao.take(key, period, most));
  }
}
