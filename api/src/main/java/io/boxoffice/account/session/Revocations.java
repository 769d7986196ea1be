package io.boxoffice.account.session;

import io.boxoffice.account.store.SessionDao;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Knows which sessions ended while their access tokens may still be valid. Each replica reads them
 * every second, so an ended session is rejected everywhere within two. The memory is bounded: if
 * more sessions end than it holds, each check reads the database instead.
 */
public final class Revocations {
  /** The time between two reads. */
  static final Duration POLL = Duration.ofSeconds(1);

  private static final int MOST = 10_000;

  private final Jdbi jdbi;
  private final Duration within;
  private final int most;
  private volatile Set<UUID> revoked = Set.of();

  /**
   * Reads from the given database.
   *
   * @param within the longest time for which an access token is accepted
   */
  public Revocations(Jdbi jdbi, Duration within) {
    this(jdbi, within, MOST);
  }

  Revocations(Jdbi jdbi, Duration within, int most) {
    this.jdbi = jdbi;
    this.within = within;
    this.most = most;
  }

  /** Reads the revoked sessions; call it after a revocation, so that this replica knows it. */
  public void refresh() {
    revoked =
        Set.copyOf(jdbi.withExtension(SessionDao.class, dao -> dao.revoked(within, most + 1)));
  }

  /** Whether a session has ended. */
  boolean contains(UUID session) {
    Set<UUID> known = revoked;
    return known.size() <= most
        ? known.contains(session)
        : jdbi.withExtension(SessionDao.class, dao -> dao.isRevoked(session));
  }
}
