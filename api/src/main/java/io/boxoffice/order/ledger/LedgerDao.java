package io.boxoffice.order.ledger;

import io.boxoffice.concert.Price;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of the comparison. All times are the database's. */
@RegisterConstructorMapper(OrderMoney.class)
@RegisterConstructorMapper(LedgerDao.Claim.class)
@RegisterConstructorMapper(LedgerDao.Progress.class)
@RegisterConstructorMapper(LedgerDao.Row.class)
@RegisterConstructorMapper(LedgerDao.KindCount.class)
@RegisterConstructorMapper(LedgerDao.Sum.class)
public interface LedgerDao {

  /**
   * Permits one run.
   *
   * @param begunAt the time of the database
   * @param comparedUntil what the last run reached; null before the first one
   * @param full whether a full comparison is due
   */
  record Claim(UUID claim, Instant begunAt, Instant comparedUntil, boolean full) {}

  /**
   * Says when comparisons ended, or when the first one began.
   *
   * @param hasFull whether a full comparison has ended
   */
  record Progress(Instant comparedAt, Instant fullAt, boolean hasFull) {}

  /** Holds a stored difference. Money is null where a side has none. */
  record Row(
      UUID id,
      Difference.Kind kind,
      UUID orderId,
      String chargeId,
      Long shopAmount,
      String shopCurrency,
      Long partnerAmount,
      String partnerCurrency,
      Instant foundAt) {

    Price shop() {
      return shopAmount == null ? null : new Price(shopAmount, shopCurrency);
    }

    Price partner() {
      return partnerAmount == null ? null : new Price(partnerAmount, partnerCurrency);
    }
  }

  /** Counts differences of a kind. */
  record KindCount(Difference.Kind kind, long number) {}

  /** Holds what the partner has more than the shop, in minor units. */
  record Sum(String currency, long amount) {}

  /** Adds the row of the progress if it is missing. */
  @SqlUpdate(
      """
      INSERT INTO ledger_comparison (id, compared_at, full_at, has_full)
      VALUES (1, now(), now(), false) ON CONFLICT DO NOTHING
      """)
  void begin();

  /** Claims the next run, if it is due and no other run goes on. */
  @SqlQuery(
      """
      UPDATE ledger_comparison
      SET claim = :claim, claimed_until = now() + :lease, attempted_at = now()
      WHERE id = 1 AND (claimed_until IS NULL OR claimed_until <= now())
        AND (attempted_at IS NULL OR attempted_at <= now() - :pause)
      RETURNING claim, now() AS begun_at, compared_until,
        NOT has_full OR full_at <= now() - :fullPause AS "full"
      """)
  Optional<Claim> claim(UUID claim, Duration lease, Duration pause, Duration fullPause);

  /**
   * Keeps a claim.
   *
   * @return 0 when another run has it
   */
  @SqlUpdate(
      "UPDATE ledger_comparison SET claimed_until = now() + :lease WHERE id = 1 AND claim = :claim")
  int renew(UUID claim, Duration lease);

  /** Ends a claim. */
  @SqlUpdate(
      """
      UPDATE ledger_comparison SET claim = NULL, claimed_until = NULL
      WHERE id = 1 AND claim = :claim
      """)
  void release(UUID claim);

  /** Notes that a run has reached its end. */
  @SqlUpdate(
      """
      UPDATE ledger_comparison
      SET compared_at = now(), compared_until = :until, has_full = has_full OR :full,
          full_at = CASE WHEN :full THEN now() ELSE full_at END
      WHERE id = 1
      """)
  void finish(Instant until, boolean full);

  /** Reads when comparisons ended; empty before the first one began. */
  @SqlQuery("SELECT compared_at, full_at, has_full FROM ledger_comparison WHERE id = 1")
  Optional<Progress> progress();

  /** Reads the money of orders. */
  @SqlQuery(
      """
      SELECT o.id AS order_id, o.state, o.amount, o.currency, y.charge_id,
             o.changed_at <= now() - :grace AS settled
      FROM orders o
      LEFT JOIN payments y
        ON y.concert_id = o.concert_id AND y.order_id = o.id AND y.state = 'SUCCEEDED'
      WHERE o.id = ANY (:ids)
      """)
  List<OrderMoney> money(UUID[] ids, Duration grace);

  /** Reads the money of paid orders in the order of their ids, which is that of their creation. */
  @SqlQuery(
      """
      SELECT o.id AS order_id, o.state, o.amount, o.currency, y.charge_id,
             o.changed_at <= :settledBefore AS settled
      FROM orders o
      LEFT JOIN payments y
        ON y.concert_id = o.concert_id AND y.order_id = o.id AND y.state = 'SUCCEEDED'
      WHERE o.id > :after AND o.state IN ('CONFIRMED', 'REFUNDING', 'REFUNDED')
      ORDER BY o.id LIMIT :limit
      """)
  List<OrderMoney> paid(UUID after, Instant settledBefore, int limit);

  /** Reads stored differences in the order in which they were found. */
  @SqlQuery(
      """
      SELECT * FROM ledger_differences
      WHERE CAST(:after AS uuid) IS NULL OR id > :after ORDER BY id LIMIT :limit
      """)
  List<Row> list(UUID after, int limit);

  /**
   * Stores a difference.
   *
   * @return 0 when it was stored before
   */
  @SqlUpdate(
      """
      INSERT INTO ledger_differences (id, kind, order_id, charge_id, shop_amount, shop_currency,
                                      partner_amount, partner_currency, found_at)
      VALUES (:id, :kind, :orderId, :chargeId, :shopAmount, :shopCurrency, :partnerAmount,
              :partnerCurrency, now())
      ON CONFLICT (order_id, kind, charge_id) DO NOTHING
      """)
  int add(
      UUID id,
      Difference.Kind kind,
      UUID orderId,
      String chargeId,
      Long shopAmount,
      String shopCurrency,
      Long partnerAmount,
      String partnerCurrency);

  /** Deletes differences that are settled. */
  @SqlUpdate("DELETE FROM ledger_differences WHERE id = ANY (:ids)")
  void delete(UUID[] ids);

  /** Counts the differences of each kind that occurs. */
  @SqlQuery("SELECT kind, count(*) AS number FROM ledger_differences GROUP BY kind")
  List<KindCount> count();

  /** Sums what the partner has more than the shop, for each currency. */
  @SqlQuery(
      """
      SELECT currency, CAST(sum(amount) AS bigint) AS amount FROM (
        SELECT partner_currency AS currency, partner_amount AS amount FROM ledger_differences
        UNION ALL
        SELECT shop_currency, -shop_amount FROM ledger_differences) AS money
      WHERE currency IS NOT NULL GROUP BY currency ORDER BY currency LIMIT 20
      """)
  List<Sum> sums();
}
