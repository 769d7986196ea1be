package io.boxoffice.site.forward;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;

/**
 * Finds the home of a concert, and remembers it for a moment, so that a popular concert costs few
 * queries. Old knowledge only sends a request to a site that refuses it.
 */
final class Homes {
  private static final long MEMORY = Duration.ofMillis(500).toNanos();
  private static final int MOST = 10_000;

  private record Known(Optional<String> home, long readAt) {}

  private final Jdbi jdbi;
  private final Map<UUID, Known> concerts = new ConcurrentHashMap<>();

  Homes(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Returns the site that sells a concert; empty when there is no such concert. */
  Optional<String> ofConcert(UUID id) {
    long now = System.nanoTime();
    Known known = concerts.get(id);
    if (known != null && now - known.readAt() < MEMORY) {
      return known.home();
    }
    Optional<String> home = jdbi.withExtension(HomeDao.class, dao -> dao.ofConcert(id));
    if (concerts.size() >= MOST) {
      concerts.clear();
    }
    concerts.put(id, new Known(home, now));
    return home;
  }

  /** Returns the site that sells a purchase's concert; empty when there is no such purchase. */
  Optional<String> ofPurchase(UUID id) {
    return jdbi.withExtension(HomeDao.class, dao -> dao.ofPurchase(id));
  }

  /** Returns the site that sells an order's concert; empty when there is no such order. */
  Optional<String> ofOrder(UUID id) {
    return jdbi.withExtension(HomeDao.class, dao -> dao.ofOrder(id));
  }
}
