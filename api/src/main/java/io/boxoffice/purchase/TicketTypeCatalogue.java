package io.boxoffice.purchase;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Knows which ticket types a concert has, so that a request finds its queue without asking the
 * database. A concert's ticket types never change; when it is deleted, settling finds no stock.
 */
public final class TicketTypeCatalogue {
  private static final int MAX_CONCERTS = 10_000;

  private final Jdbi jdbi;
  private final Cache<UUID, List<UUID>> ticketTypes =
      Caffeine.newBuilder().maximumSize(MAX_CONCERTS).build();

  /** Reads from the given database. */
  public TicketTypeCatalogue(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The ticket types of a concert, in the operator's order; empty when there is no such concert,
   * which is not remembered.
   */
  public List<UUID> ticketTypesOf(UUID concertId) {
    List<UUID> known = ticketTypes.getIfPresent(concertId);
    if (known == null) {
      known = jdbi.withExtension(PurchaseDao.class, dao -> dao.ticketTypeIds(concertId));
      if (!known.isEmpty()) {
        ticketTypes.put(concertId, known);
      }
    }
    return known;
  }

  /** Makes a concert known that is not in the database. */
  void remember(UUID concertId, UUID... types) {
    ticketTypes.put(concertId, List.of(types));
  }
}
