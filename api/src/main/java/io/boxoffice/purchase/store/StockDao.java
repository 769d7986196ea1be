package io.boxoffice.purchase.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Holds the SQL with which orders change the stock and their purchases. It locks stock with FOR NO
 * KEY UPDATE, which lets other transactions insert purchases of the ticket type: their foreign key
 * needs a share of the row only.
 */
public interface StockDao {

  /** Locks the stock of a ticket type until the transaction ends, and reads what is available. */
  @SqlQuery(
      """
      SELECT available FROM ticket_types WHERE concert_id = :concertId AND id = :ticketTypeId
      FOR NO KEY UPDATE
      """)
  Optional<Integer> lock(UUID concertId, UUID ticketTypeId);

  /** Locks the stocks of ticket types in the order of their ids, as a sale does. */
  @SqlQuery(
      """
      SELECT id FROM ticket_types
      WHERE concert_id = ANY (:concertIds) AND id = ANY (:ticketTypeIds)
      ORDER BY id FOR NO KEY UPDATE
      """)
  List<UUID> lockAll(UUID[] concertIds, UUID[] ticketTypeIds);

  /** Adds tickets to a stock that is locked. */
  @SqlUpdate(
      """
      UPDATE ticket_types SET available = available + :quantity
      WHERE concert_id = :concertId AND id = :ticketTypeId
      """)
  void putBack(UUID concertId, UUID ticketTypeId, int quantity);

  /**
   * Takes tickets from a stock.
   *
   * @return 1, or 0 when too few are left
   */
  @SqlUpdate(
      """
      UPDATE ticket_types SET available = available - :quantity
      WHERE concert_id = :concertId AND id = :ticketTypeId AND available >= :quantity
      """)
  int take(UUID concertId, UUID ticketTypeId, int quantity);

  /** Holds a purchase that an order paid for. */
  record PaidPurchase(
      UUID concertId,
      UUID id,
      UUID ticketTypeId,
      String email,
      int quantity,
      UUID accountId,
      Instant createdAt) {}

  /**
   * Inserts a purchase that is paid, unless its concert is cancelled. It takes the share of the
   * ticket type that its foreign key needs anyway, so that it waits for a cancellation in progress
   * and sees its result.
   *
   * @return 1, or 0 when the concert is cancelled
   */
  @SqlUpdate(
      """
      INSERT INTO purchases (id, concert_id, ticket_type_id, email, quantity, status, created_at,
                             account_id, paid)
      SELECT :id, concert_id, id, :email, :quantity, 'CONFIRMED', :createdAt, :accountId, true
      FROM ticket_types
      WHERE concert_id = :concertId AND id = :ticketTypeId AND cancelled_at IS NULL
      FOR KEY SHARE
      """)
  int insert(@BindMethods PaidPurchase purchase);

  /** Inserts the tickets of a purchase. */
  @SqlUpdate(
      """
      INSERT INTO tickets (id, purchase_id, concert_id)
      SELECT ticket, :purchaseId, :concertId FROM unnest(:ids) AS ticket
      """)
  void insertTickets(UUID[] ids, UUID purchaseId, UUID concertId);

  /**
   * Cancels a paid purchase that is confirmed.
   *
   * @return 1, or 0 when it was cancelled before
   */
  @SqlUpdate(
      """
      UPDATE purchases SET status = 'CANCELLED', cancelled_at = :now
      WHERE concert_id = :concertId AND id = :id AND paid AND status = 'CONFIRMED'
      """)
  int cancel(UUID concertId, UUID id, Instant now);
}
