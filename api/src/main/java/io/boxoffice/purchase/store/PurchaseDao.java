package io.boxoffice.purchase.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of purchases, tickets and stock that is not on the fast path of a sale. */
@RegisterConstructorMapper(PurchaseRow.class)
@RegisterConstructorMapper(Ticket.class)
public interface PurchaseDao {

  /** Selects purchases with all data of their receipts; append a WHERE clause. */
  String SELECT_PURCHASE =
      """
      SELECT p.id, p.concert_id, p.ticket_type_id, p.email, p.quantity, p.status, p.created_at,
             p.cancelled_at, p.idempotency_key, p.account_id, p.paid, t.price_amount,
             t.price_currency,
             ARRAY(SELECT k.id FROM tickets k
                   WHERE k.concert_id = p.concert_id AND k.purchase_id = p.id ORDER BY k.id)
               AS ticket_ids
      FROM purchases p JOIN ticket_types t ON t.id = p.ticket_type_id
      """;

  /** Reads the ids of a concert's ticket types; empty when there is no such concert. */
  @SqlQuery("SELECT id FROM ticket_types WHERE concert_id = :concertId ORDER BY position")
  List<UUID> ticketTypeIds(UUID concertId);

  /** Locks the stock of a ticket type until the transaction ends. */
  @SqlQuery("SELECT id FROM ticket_types WHERE id = :ticketTypeId FOR NO KEY UPDATE")
  UUID lockStock(UUID ticketTypeId);

  /** Adds returned tickets to a stock that is locked. */
  @SqlUpdate("UPDATE ticket_types SET available = available + :quantity WHERE id = :ticketTypeId")
  void putBack(UUID ticketTypeId, int quantity);

  /** Reads the purchases with the given ids. */
  @SqlQuery(SELECT_PURCHASE + " WHERE p.id = ANY (:ids)")
  List<PurchaseRow> findAll(UUID... ids);

  /** Counts the purchases and orders that exist among the given ids. */
  @SqlQuery(
      """
      SELECT (SELECT count(*) FROM purchases WHERE id = ANY (:ids))
           + (SELECT count(*) FROM orders WHERE id = ANY (:ids))
      """)
  int count(UUID... ids);

  /**
   * Lets the commit wait until the other site has all earlier sales of these concerts, which must
   * have their home here.
   *
   * @return their epochs
   */
  @SqlQuery("SELECT confirm_sale(id) FROM unnest(:concertIds) AS id")
  List<Long> confirm(UUID... concertIds);

  /** Reads one purchase. */
  @SqlQuery(SELECT_PURCHASE + " WHERE p.id = :id")
  Optional<PurchaseRow> find(UUID id);

  /** Reads purchases in the order of their ids; {@code criteria} is SQL that ends with AND. */
  @SqlQuery(SELECT_PURCHASE + " WHERE <criteria> p.id > :after ORDER BY p.id LIMIT :limit")
  List<PurchaseRow> list(
      @Define String criteria, UUID concertId, String email, UUID accountId, UUID after, int limit);

  /**
   * Selects the purchases without an account whose address is the given one; the letters A to Z are
   * compared without case. The first comparison finds them by the index, the second one keeps other
   * letters apart.
   */
  String OF_ADDRESS =
      """
      account_id IS NULL AND lower(email) = lower(:email)
      AND lower(email COLLATE "C") = lower(CAST(:email AS text) COLLATE "C")
      """;

  /**
   * Gives the purchases of an address to an account, if they belong to none.
   *
   * @return how many there were
   */
  @SqlUpdate(
      """
      UPDATE purchases SET account_id = :accountId
      WHERE id IN (SELECT id FROM purchases WHERE
      """
          + OF_ADDRESS
          + " ORDER BY id FOR UPDATE)")
  int claim(UUID accountId, String email);

  /**
   * Replaces the address of an account's purchases, and of those of its address, by another one.
   */
  @SqlUpdate(
      """
      UPDATE purchases SET email = :pseudonym, account_id = NULL
      WHERE id IN (SELECT id FROM purchases WHERE account_id = :accountId OR (
      """
          + OF_ADDRESS
          + ") ORDER BY id FOR UPDATE)")
  void anonymise(UUID accountId, String email, String pseudonym);

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

  /**
   * Counts ticket types where capacity is not available + tickets of HELD and PAYING orders +
   * tickets of confirmed purchases.
   */
  @SqlQuery(
      """
      SELECT count(*)
      FROM ticket_types t
      LEFT JOIN (SELECT ticket_type_id, sum(quantity) AS tickets
                 FROM (SELECT ticket_type_id, quantity FROM purchases WHERE status = 'CONFIRMED'
                       UNION ALL
                       SELECT ticket_type_id, quantity FROM orders
                       WHERE state IN ('HELD', 'PAYING')) taken
                 GROUP BY ticket_type_id) taken ON taken.ticket_type_id = t.id
      WHERE t.capacity <> t.available + coalesce(taken.tickets, 0)
      """)
  int countInvariantViolations();

  /** Counts the tickets that are left of all ticket types whose sales are open. */
  @SqlQuery(
      """
      SELECT coalesce(sum(t.available), 0)
      FROM ticket_types t JOIN concerts c ON c.id = t.concert_id
      WHERE c.sales_open_at <= :now AND :now < coalesce(c.sales_close_at, c.starts_at)
        AND c.cancelled_at IS NULL
      """)
  long countAvailable(Instant now);

  /** Selects tickets; append a WHERE clause. */
  String SELECT_TICKET =
      """
      SELECT k.id, k.purchase_id, c.id AS concert_id, c.title, c.artist, c.venue, c.starts_at,
             t.name AS ticket_type,
             CASE p.status WHEN 'CONFIRMED' THEN 'VALID' ELSE 'CANCELLED' END AS status,
             a.first_admitted_at AS admission_first_admitted_at, a.last_at AS admission_changed_at,
             a.entries > a.exits AS admission_inside
      FROM tickets k
      JOIN purchases p ON p.id = k.purchase_id
      JOIN ticket_types t ON t.id = p.ticket_type_id
      JOIN concerts c ON c.id = t.concert_id
      LEFT JOIN admissions a ON a.ticket_id = k.id
      """;

  /** Reads one ticket. */
  @SqlQuery(SELECT_TICKET + " WHERE k.id = :id")
  Optional<Ticket> findTicket(UUID id);

  /** Reads the tickets of a purchase in the order of their ids. */
  @SqlQuery(
      SELECT_TICKET
          + " WHERE k.concert_id = :concertId AND k.purchase_id = :purchaseId ORDER BY k.id")
  List<Ticket> listTickets(UUID concertId, UUID purchaseId);
}
