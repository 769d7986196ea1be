package io.boxoffice.cancellation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of cancellations and their progress. All times are the database's. */
@RegisterConstructorMapper(CancellationDao.Row.class)
@RegisterConstructorMapper(CancellationDao.Pass.class)
interface CancellationDao {

  /** Holds a cancellation as operators see it. */
  record Row(UUID concertId, Instant cancelledAt, String reason, Instant completedAt) {}

  /**
   * Holds where the pass over the orders and purchases of a concert is.
   *
   * @param swept whether the pass has reached the last purchase
   */
  record Pass(UUID concertId, UUID afterOrder, UUID afterPurchase, boolean swept) {}

  /** Begins a cancellation. */
  @SqlUpdate("INSERT INTO concert_cancellations (concert_id, reason) VALUES (:concertId, :reason)")
  void insert(UUID concertId, String reason);

  /** Reads a cancellation. */
  @SqlQuery(
      """
      SELECT n.concert_id, c.cancelled_at, n.reason, n.completed_at
      FROM concert_cancellations n JOIN concerts c ON c.id = n.concert_id
      WHERE n.concert_id = :concertId
      """)
  Optional<Row> find(UUID concertId);

  /** Selects the passes of this site's cancellations that are not complete; append the rest. */
  String SELECT_OPEN =
      """
      SELECT concert_id, after_order, after_purchase, swept_at IS NOT NULL AS swept
      FROM concert_cancellations WHERE completed_at IS NULL AND is_sold_here(concert_id)
      """;

  /** Reads the passes of all cancellations that are not complete. */
  @SqlQuery(SELECT_OPEN + " ORDER BY concert_id")
  List<Pass> open();

  /**
   * Locks the pass of a cancellation until the transaction ends.
   *
   * @return empty when it is complete, or another replica works on it
   */
  @SqlQuery(SELECT_OPEN + " AND concert_id = :concertId FOR UPDATE SKIP LOCKED")
  Optional<Pass> claim(UUID concertId);

  /** Notes where the next batch begins. */
  @SqlUpdate(
      """
      UPDATE concert_cancellations
      SET after_order = :afterOrder, after_purchase = :afterPurchase,
          swept_at = CASE WHEN :swept THEN now() END
      WHERE concert_id = :concertId
      """)
  void advance(UUID concertId, UUID afterOrder, UUID afterPurchase, boolean swept);

  /** Ends a cancellation. */
  @SqlUpdate("UPDATE concert_cancellations SET completed_at = now() WHERE concert_id = :concertId")
  void complete(UUID concertId);

  /** Counts the cancellations that are not complete. */
  @SqlQuery("SELECT count(*) FROM concert_cancellations WHERE completed_at IS NULL")
  long countOpen();
}
