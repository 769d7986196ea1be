package io.boxoffice.concert;

import io.boxoffice.platform.database.read.ReadResult;
import io.boxoffice.platform.database.read.Reads;
import io.boxoffice.platform.http.Page;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * Reads pages of concerts. A standby may find the concerts of a page; their ticket types, which
 * hold the stock, are always read from the primary.
 */
public final class ConcertList {
  private final Jdbi primary;
  private final Reads reads;
  private final Clock clock;

  /** Reads from the given databases. */
  public ConcertList(Jdbi primary, Reads reads, Clock clock) {
    this.primary = primary;
    this.reads = reads;
    this.clock = clock;
  }

  /**
   * Reads a page of concerts, as they were after the given moment.
   *
   * @param onSale whether sales must be open now; null for all
   * @param notBefore as {@link System#nanoTime}: earlier changes are visible
   */
  ReadResult<Page<Concert>> page(UUID after, Boolean onSale, int limit, long notBefore) {
    ReadResult<List<ConcertRow>> rows =
        reads.readSince(
            notBefore,
            ConcertDao.class,
            dao -> dao.list(after, onSale, clock.instant(), limit + 1));
    return rows.map(found -> page(found, limit));
  }

  /**
   * Reads the first page of concerts, with all earlier changes.
   *
   * @param onSale whether sales must be open now; null for all
   */
  public Page<Concert> first(Boolean onSale, int limit) {
    return page(null, onSale, limit, System.nanoTime()).value();
  }

  private Page<Concert> page(List<ConcertRow> rows, int limit) {
    UUID[] ids = rows.stream().map(ConcertRow::id).toArray(UUID[]::new);
    Map<UUID, List<TicketType>> types =
        primary.withExtension(ConcertDao.class, dao -> dao.ticketTypes(ids)).stream()
            .collect(
                Collectors.groupingBy(
                    TicketTypeRow::concertId,
                    Collectors.mapping(TicketTypeRow::toTicketType, Collectors.toList())));
    Page<ConcertRow> page = Page.cut(rows, limit, ConcertRow::id);
    // A concert has a ticket type at least. One without was deleted after its row was read.
    return new Page<>(
        page.items().stream()
            .filter(row -> types.containsKey(row.id()))
            .map(row -> row.with(types.get(row.id())))
            .toList(),
        page.next());
  }
}
