package io.boxoffice.order.ledger;

import io.boxoffice.order.ledger.LedgerDao.Claim;
import io.boxoffice.order.payment.PartnerLedger.Entry;
import io.boxoffice.order.payment.PaymentPartner;
import io.boxoffice.order.store.ExpiryDao;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the shop's money with the partner's ledger. One replica at a time does it: it claims a
 * run in a transaction, and keeps the claim while it reads pages of the ledger without one.
 *
 * <p>Most runs read the charges that are new since the last one, and look again at the orders with
 * known differences. A full run reads all charges and all paid orders within the reach, so only a
 * full run finds a missing charge, or a missing refund of an older charge.
 */
final class LedgerComparison {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerComparison.class);

  /** Names the work among the advisory locks of the database. */
  private static final long LOCK = 0x626f_0013L;

  /** A run that has not read a page for so long has ended; longer than a call may take. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  /** The most orders with known differences that a run looks at again. */
  private static final int MOST_REPEATED = 100;

  private static final int ORDERS_OF_A_STATEMENT = 1_000;

  /** A charge is made after its order; so far may the partner's clock be behind. */
  private static final Duration CLOCK_SKEW = Duration.ofHours(1);

  private final Jdbi jdbi;
  private final LedgerReader ledger;
  private final StoredDifferences differences;
  private final LedgerSettings settings;
  private final LedgerMetrics metrics;

  LedgerComparison(
      Jdbi jdbi, PaymentPartner partner, LedgerSettings settings, LedgerMetrics metrics) {
    this.jdbi = jdbi;
    this.ledger = new LedgerReader(partner);
    this.differences = new StoredDifferences(jdbi);
    this.settings = settings;
    this.metrics = metrics;
  }

  /** Compares if a run is due. */
  void run() {
    try {
      jdbi.inTransaction(
              handle -> {
                LedgerDao dao = handle.attach(LedgerDao.class);
                dao.begin();
                return handle.attach(ExpiryDao.class).lead(LOCK)
                    // Half, because a run of this replica begins a pause after the last one ended.
                    ? dao.claim(
                        UUID.randomUUID(),
                        LEASE,
                        settings.pause().toJavaDuration().dividedBy(2),
                        settings.fullPause().toJavaDuration())
                    : Optional.<Claim>empty();
              })
          .ifPresent(this::compare);
    } finally {
      metrics.refresh(jdbi);
    }
  }

  private void compare(Claim claim) {
    Found found = new Found();
    try {
      Instant until = claim.begunAt().minus(grace());
      List<LedgerDao.Row> compared;
      if (claim.full()) {
        compared = differences.oldest(StoredDifferences.MOST);
        readAll(claim, until, found);
      } else {
        // Once more what is one grace older: the order of such a charge may have changed then.
        int unused = readSince(claim, claim.comparedUntil().minus(grace()), until, found, null);
        compared = differences.oldest(MOST_REPEATED);
        compared.stream()
            .map(LedgerDao.Row::orderId)
            .distinct()
            .forEach(id -> readAgain(claim, id, found));
      }
      differences.replace(found, compared, dao -> finish(dao, claim, until));
    } catch (RuntimeException failed) {
      metrics.failed(failed);
      // What was found before the failure is true, and worth an alert.
      differences.add(found);
      throw failed;
    } finally {
      jdbi.useExtension(LedgerDao.class, dao -> dao.release(claim.claim()));
    }
  }

  private Duration grace() {
    return settings.grace().toJavaDuration();
  }

  /** Reads the ledger from a time, and compares the charges that were made before another one. */
  private int readSince(Claim claim, Instant since, Instant until, Found found, SeenCharges seen) {
    return ledger.since(
        since,
        page -> {
          keep(claim);
          List<Entry> old =
              page.stream().filter(entry -> entry.createdAt().isBefore(until)).toList();
          Map<UUID, OrderMoney> orders = money(old, grace());
          for (Entry entry : old) {
            OrderMoney order = orders.get(entry.orderId());
            if (order == null || order.settled()) {
              LedgerRules.compare(entry, order).ifPresent(found::add);
            }
          }
          if (seen != null) {
            page.stream().filter(Entry::succeeded).map(Entry::id).forEach(seen::add);
          }
        });
  }

  private void readAll(Claim claim, Instant until, Found found) {
    Instant since = claim.begunAt().minus(settings.reach().toJavaDuration());
    SeenCharges seen = new SeenCharges();
    int charges = readSince(claim, since.minus(CLOCK_SKEW), until, found, seen);
    int missing = 0;
    UUID after = firstIdAt(since);
    List<OrderMoney> orders;
    do {
      keep(claim);
      UUID last = after;
      orders =
          jdbi.withExtension(LedgerDao.class, dao -> dao.paid(last, until, ORDERS_OF_A_STATEMENT));
      for (OrderMoney order : orders) {
        if (order.settled() && !seen.contains(order.chargeId())) {
          missing++;
          found.add(LedgerRules.chargeMissing(order));
        }
        after = order.orderId();
      }
    } while (orders.size() == ORDERS_OF_A_STATEMENT);
    explain(charges, missing);
  }

  /** Looks at all charges of one order, however new they are. */
  private void readAgain(Claim claim, UUID orderId, Found found) {
    keep(claim);
    List<Entry> entries = new ArrayList<>();
    ledger.of(orderId, entries::addAll);
    OrderMoney order =
        jdbi
            .withExtension(LedgerDao.class, dao -> dao.money(new UUID[] {orderId}, Duration.ZERO))
            .stream()
            .findFirst()
            .orElse(null);
    entries.forEach(entry -> LedgerRules.compare(entry, order).ifPresent(found::add));
    if (order != null && isPaid(order) && entries.stream().noneMatch(isChargeOf(order))) {
      found.add(LedgerRules.chargeMissing(order));
    }
  }

  private static boolean isPaid(OrderMoney order) {
    return switch (order.state()) {
      case CONFIRMED, REFUNDING, REFUNDED -> true;
      case HELD, PAYING, DECLINED, EXPIRED, CANCELLED -> false;
    };
  }

  private static Predicate<Entry> isChargeOf(OrderMoney order) {
    return entry -> entry.succeeded() && entry.id().equals(order.chargeId());
  }

  private Map<UUID, OrderMoney> money(List<Entry> entries, Duration grace) {
    UUID[] ids = entries.stream().map(Entry::orderId).distinct().toArray(UUID[]::new);
    return ids.length == 0
        ? Map.of()
        : jdbi.withExtension(LedgerDao.class, dao -> dao.money(ids, grace)).stream()
            .collect(Collectors.toMap(OrderMoney::orderId, Function.identity()));
  }

  private void keep(Claim claim) {
    int kept = jdbi.withExtension(LedgerDao.class, dao -> dao.renew(claim.claim(), LEASE));
    if (kept == 0) {
      throw taken();
    }
  }

  /** The lowest id that an order of that time or later can have: its first 48 bits are the time. */
  private static UUID firstIdAt(Instant time) {
    return new UUID(Math.max(0, time.toEpochMilli()) << 16, 0);
  }

  private void finish(LedgerDao dao, Claim claim, Instant until) {
    if (dao.renew(claim.claim(), LEASE) == 0) {
      throw taken();
    }
    dao.finish(until, claim.full());
  }

  private static IllegalStateException taken() {
    return new IllegalStateException("Another replica has taken the comparison over.");
  }

  /** Says what has probably happened when whole parts are missing. */
  private static void explain(int charges, int missing) {
    if (charges == 0 && missing > 0) {
      LOG.error(
          "The partner's ledger is empty, and the shop has {} paid orders. Was the partner started"
              + " with another ledger, or does PAYMENT_URL name another partner?",
          missing);
    }
  }
}
