package io.boxoffice.purchase.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.boxoffice.purchase.desk.TicketTypes;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Remembers which ticket types a concert has, so that the desk finds the queue of a request without
 * a query. The ticket types of a concert never change. If a concert is deleted, the batch finds no
 * stock for it.
 */
public final class TicketTypeCatalogue implements TicketTypes {
  private static final int MAX_CONCERTS = 10_000;

  private final Jdbi jdbi;
  private final Cache<UUID, List<UUID>> ticketTypes =
      Caffeine.newBuilder().maximumSize(MAX_CONCERTS).build();

  /** Reads from the given database. */
  public TicketTypeCatalogue(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Reads the ticket types at the first call. An empty list is not remembered. */
  @Override
  public List<UUID> ofConcert(UUID concertId) {
    List<UUID> known = ticketTypes.getIfPresent(concertId);
    if (known == null) {
      known = jdbi.withExtension(PurchaseDao.class, dao -> dao.ticketTypeIds(concertId));
      if (!known.isEmpty()) {
        ticketTypes.put(concertId, known);
      }
    }
    return known;
  }
}
