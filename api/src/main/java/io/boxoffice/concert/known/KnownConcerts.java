package io.boxoffice.concert.known;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.boxoffice.concert.ConcertDao;
import java.time.Duration;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Remembers which concerts exist, so that a feature that gets an id need not query the database
 * each time. A concert that was deleted may count as known for another minute.
 */
public final class KnownConcerts {
  private static final int MOST_CONCERTS = 10_000;
  private static final Duration MEMORY = Duration.ofMinutes(1);

  private final Jdbi jdbi;
  private final Cache<UUID, Boolean> known =
      Caffeine.newBuilder().maximumSize(MOST_CONCERTS).expireAfterWrite(MEMORY).build();

  /** Reads from the given database. */
  public KnownConcerts(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Returns whether there is a concert with this id. An id that is unknown is not remembered. */
  public boolean contains(UUID concertId) {
    return known.get(concertId, this::find) != null;
  }

  private Boolean find(UUID concertId) {
    return jdbi.withExtension(ConcertDao.class, dao -> dao.find(concertId)).isPresent()
        ? Boolean.TRUE
        : null;
  }
}
