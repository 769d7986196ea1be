package io.boxoffice.concert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of concerts and ticket types. */
@RegisterConstructorMapper(ConcertRow.class)
@RegisterConstructorMapper(TicketTypeRow.class)
public interface ConcertDao {

  /** Inserts a concert. */
  @SqlUpdate(
      """
      INSERT INTO concerts (id, title, artist, venue, starts_at, sales_open_at, sales_close_at,
                            max_per_purchase, created_at)
      VALUES (:id, :title, :artist, :venue, :startsAt, :salesOpenAt, :salesCloseAt,
              :maxPerPurchase, :createdAt)
      """)
  void insert(@BindMethods ConcertRow concert);

  /** Inserts the ticket types of a concert. */
  @SqlBatch(
      """
      INSERT INTO ticket_types (id, concert_id, position, name, price_amount, price_currency,
                                capacity, available)
      VALUES (:id, :concertId, :position, :name, :priceAmount, :priceCurrency, :capacity, :available)
      """)
  void insert(@BindMethods Iterable<TicketTypeRow> ticketTypes);

  /** Reads one concert. */
  @SqlQuery("SELECT * FROM concerts WHERE id = :id")
  Optional<ConcertRow> find(UUID id);

  /** Reads a concert and locks its row, so that no other operator's request changes it. */
  @SqlQuery("SELECT * FROM concerts WHERE id = :id FOR NO KEY UPDATE")
  Optional<ConcertRow> lock(UUID id);

  /**
   * Reads concerts in the order of their ids.
   *
   * @param after the last id of the page before, or null
   * @param onSale whether sales must be open at {@code now}; null for all
   */
  @SqlQuery(
      """
      SELECT * FROM concerts
      WHERE id > coalesce(:after, CAST('00000000-0000-0000-0000-000000000000' AS uuid))
        AND (CAST(:onSale AS boolean) IS NULL
             OR :onSale = (sales_open_at <= :now AND :now < coalesce(sales_close_at, starts_at)
                           AND cancelled_at IS NULL))
      ORDER BY id
      LIMIT :limit
      """)
  List<ConcertRow> list(UUID after, Boolean onSale, Instant now, int limit);

  /** Reads the ticket types of some concerts, in the operator's order. */
  @SqlQuery("SELECT * FROM ticket_types WHERE concert_id = ANY (:concertIds) ORDER BY position")
  List<TicketTypeRow> ticketTypes(UUID... concertIds);

  /** Reads and locks the ticket types of a concert, in the order of their ids. */
  @SqlQuery("SELECT * FROM ticket_types WHERE concert_id = :concertId ORDER BY id FOR UPDATE")
  List<TicketTypeRow> lockTicketTypes(UUID concertId);

  /** Writes a changed concert. */
  @SqlUpdate(
      """
      UPDATE concerts
      SET title = :title, artist = :artist, venue = :venue, starts_at = :startsAt,
          sales_open_at = :salesOpenAt, sales_close_at = :salesCloseAt,
          max_per_purchase = :maxPerPurchase, version = :version
      WHERE id = :id
      """)
  void update(@BindMethods ConcertRow concert);

  /** Changes the capacity of a ticket type that is locked; sold tickets stay sold. */
  @SqlUpdate(
      """
      UPDATE ticket_types SET available = available + (:capacity - capacity), capacity = :capacity
      WHERE id = :id
      """)
  void resize(UUID id, int capacity);

  /**
   * Cancels a concert whose ticket types and row are locked, by the database's clock. The types get
   * the time too, because a sale reads them and not the concert when it has waited for their lock.
   */
  @SqlUpdate(
      """
      WITH cancelled AS (
        UPDATE concerts SET cancelled_at = clock_timestamp(), version = version + 1
        WHERE id = :id RETURNING cancelled_at
      )
      UPDATE ticket_types SET cancelled_at = cancelled.cancelled_at FROM cancelled
      WHERE concert_id = :id
      """)
  void cancel(UUID id);

  /** Whether the concert has purchases or orders, cancelled ones included. */
  @SqlQuery(
      """
      SELECT EXISTS (SELECT 1 FROM purchases WHERE concert_id = :concertId)
          OR EXISTS (SELECT 1 FROM orders WHERE concert_id = :concertId)
      """)
  boolean hasSales(UUID concertId);

  /** Deletes the ticket types of a concert. */
  @SqlUpdate("DELETE FROM ticket_types WHERE concert_id = :concertId")
  void deleteTicketTypes(UUID concertId);

  /** Deletes a concert; its ticket types must be deleted first. */
  @SqlUpdate("DELETE FROM concerts WHERE id = :id")
  void delete(UUID id);

  /** Whether the database holds no concert. */
  @SqlQuery("SELECT NOT EXISTS (SELECT 1 FROM concerts)")
  boolean isEmpty();
}
