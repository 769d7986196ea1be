package io.boxoffice.purchase;

import io.boxoffice.database.PlannedAnew;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The SQL of stock, purchases and tickets. */
@RegisterConstructorMapper(PurchaseRow.class)
@RegisterConstructorMapper(Stock.class)
@RegisterConstructorMapper(Ticket.class)
public interface PurchaseDao {

  /** A purchase with everything its receipt tells; complete it with a WHERE. */
  String SELECT_PURCHASE =
      """
      SELECT p.id, p.concert_id, p.ticket_type_id, p.email, p.quantity, p.status, p.created_at,
             p.cancelled_at, p.idempotency_key, t.price_amount, t.price_currency,
             ARRAY(SELECT k.id FROM tickets k WHERE k.purchase_id = p.id ORDER BY k.id) AS ticket_ids
      FROM purchases p JOIN ticket_types t ON t.id = p.ticket_type_id
      """;

  /** The ids of a concert's ticket types; empty when there is no such concert. */
  @SqlQuery("SELECT id FROM ticket_types WHERE concert_id = :concertId ORDER BY position")
  List<UUID> ticketTypeIds(UUID concertId);

  /** Reads a ticket type and locks its row until the transaction ends. */
  @SqlQuery(
      """
      SELECT t.id AS ticket_type_id, t.concert_id, t.available, c.max_per_purchase,
             c.sales_open_at, coalesce(c.sales_close_at, c.starts_at) AS sales_close_at,
             t.price_amount, t.price_currency
      FROM ticket_types t JOIN concerts c ON c.id = t.concert_id
      WHERE t.id = :ticketTypeId
      FOR UPDATE OF t
      """)
  Optional<Stock> lockStock(UUID ticketTypeId);

  /** Puts tickets back into a locked stock. */
  @SqlUpdate("UPDATE ticket_types SET available = available + :quantity WHERE id = :ticketTypeId")
  void putBack(UUID ticketTypeId, int quantity);

  /**
   * Writes a batch of confirmed purchases with their tickets and takes them out of the locked
   * stock, all in one statement.
   *
   * @param ids one for each purchase, as are {@code emails}, {@code quantities} and {@code keys}
   * @param ticketIds one for each ticket, with its purchase in {@code ticketPurchaseIds}
   * @param total the number of tickets
   */
  @SqlUpdate(
      """
      WITH sold AS (
        INSERT INTO purchases (id, concert_id, ticket_type_id, email, quantity, status,
                               idempotency_key, created_at)
        SELECT id, :concertId, :ticketTypeId, email, quantity, 'CONFIRMED', key, :now
        FROM unnest(:ids, :emails, :quantities, :keys) AS batch (id, email, quantity, key)
      ), admissions AS (
        INSERT INTO tickets (id, purchase_id) SELECT * FROM unnest(:ticketIds, :ticketPurchaseIds)
      )
      UPDATE ticket_types SET available = available - :total WHERE id = :ticketTypeId
      """)
  void sell(
      UUID concertId,
      UUID ticketTypeId,
      Instant now,
      UUID[] ids,
      String[] emails,
      Integer[] quantities,
      String[] keys,
      UUID[] ticketIds,
      UUID[] ticketPurchaseIds,
      int total);

  /** The ids of the purchases that were made under some keys. */
  @PlannedAnew
  @SqlQuery("SELECT id FROM purchases WHERE idempotency_key = ANY (:keys)")
  List<UUID> findIdsByKeys(String... keys);

  /** Some purchases. */
  @SqlQuery(SELECT_PURCHASE + " WHERE p.id = ANY (:ids)")
  List<PurchaseRow> findAll(UUID... ids);

  /** How many of some purchases exist. */
  @SqlQuery("SELECT count(*) FROM purchases WHERE id = ANY (:ids)")
  int count(UUID... ids);

  /** One purchase. */
  @SqlQuery(SELECT_PURCHASE + " WHERE p.id = :id")
  Optional<PurchaseRow> find(UUID id);

  /** Purchases in the order of their ids; null criteria do not restrict. */
  @SqlQuery(SELECT_PURCHASE + " WHERE <criteria> p.id > :after ORDER BY p.id LIMIT :limit")
  List<PurchaseRow> list(
      @Define String criteria, UUID concertId, String email, UUID after, int limit);

  /**
   * Cancels a purchase that is confirmed.
   *
   * @return 1, or 0 when it was cancelled before
   */
  @SqlUpdate(
      """
      UPDATE purchases SET status = 'CANCELLED', cancelled_at = :now
      WHERE id = :id AND status = 'CONFIRMED'
      """)
  int cancel(UUID id, Instant now);

  /** How many ticket types break capacity = available + tickets of confirmed purchases. */
  @SqlQuery(
      """
      SELECT count(*)
      FROM ticket_types t
      LEFT JOIN (SELECT ticket_type_id, sum(quantity) AS sold FROM purchases
                 WHERE status = 'CONFIRMED' GROUP BY ticket_type_id) p ON p.ticket_type_id = t.id
      WHERE t.capacity <> t.available + coalesce(p.sold, 0)
      """)
  int countInvariantViolations();

  /** How many tickets are left of all types whose sales are open. */
  @SqlQuery(
      """
      SELECT coalesce(sum(t.available), 0)
      FROM ticket_types t JOIN concerts c ON c.id = t.concert_id
      WHERE c.sales_open_at <= :now AND :now < coalesce(c.sales_close_at, c.starts_at)
      """)
  long countAvailable(Instant now);

  /** One ticket. */
  @SqlQuery(
      """
      SELECT k.id, k.purchase_id, c.id AS concert_id, c.title, c.artist, c.venue, c.starts_at,
             t.name AS ticket_type,
             CASE p.status WHEN 'CONFIRMED' THEN 'VALID' ELSE 'CANCELLED' END AS status
      FROM tickets k
      JOIN purchases p ON p.id = k.purchase_id
      JOIN ticket_types t ON t.id = p.ticket_type_id
      JOIN concerts c ON c.id = t.concert_id
      WHERE k.id = :id
      """)
  Optional<Ticket> findTicket(UUID id);
}
