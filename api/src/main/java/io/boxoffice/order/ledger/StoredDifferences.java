package io.boxoffice.order.ledger;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.concert.Price;
import io.boxoffice.platform.http.Page;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the known differences in the database, and logs each new one once. */
final class StoredDifferences {
  /** How many are stored at most; more would not change what an operator does next. */
  static final int MOST = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(StoredDifferences.class);
  private static final int MOST_LINES = 20;

  private final Jdbi jdbi;
  private final NoArgGenerator ids = Generators.timeBasedEpochRandomGenerator();

  StoredDifferences(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Returns the oldest ones. */
  List<LedgerDao.Row> oldest(int limit) {
    return jdbi.withExtension(LedgerDao.class, dao -> dao.list(null, limit));
  }

  /** Returns a page in the order in which they were found. */
  Page<LedgerDifference> page(UUID after, int limit) {
    List<LedgerDifference> rows =
        jdbi.withExtension(LedgerDao.class, dao -> dao.list(after, limit + 1)).stream()
            .map(LedgerDifference::of)
            .toList();
    return Page.cut(rows, limit, LedgerDifference::id);
  }

  /** Adds those that are not stored yet. */
  void add(Found found) {
    log(jdbi.inTransaction(handle -> add(handle, found)), found);
  }

  /**
   * Adds those that are not stored yet, and deletes those that the run did not find again.
   *
   * @param compared those that the run would have found again
   * @param end runs in the same transaction
   */
  void replace(Found found, List<LedgerDao.Row> compared, Ending end) {
    log(
        jdbi.inTransaction(
            handle -> {
              LedgerDao dao = handle.attach(LedgerDao.class);
              end.run(dao);
              dao.delete(
                  compared.stream()
                      .filter(row -> !found.contains(row))
                      .map(LedgerDao.Row::id)
                      .toArray(UUID[]::new));
              return add(handle, found);
            }),
        found);
  }

  /** Changes the database. */
  interface Ending {
    void run(LedgerDao dao);
  }

  private List<Difference> add(Handle handle, Found found) {
    LedgerDao dao = handle.attach(LedgerDao.class);
    Set<List<Object>> stored =
        dao.list(null, MOST).stream().map(Found::key).collect(Collectors.toSet());
    List<Difference> added =
        found.all().stream()
            .filter(each -> !stored.contains(Found.key(each)))
            .limit(Math.max(0, MOST - stored.size()))
            .toList();
    added.forEach(
        each ->
            dao.add(
                ids.generate(),
                each.kind(),
                each.orderId(),
                each.chargeId(),
                amount(each.shop()),
                currency(each.shop()),
                amount(each.partner()),
                currency(each.partner())));
    return added;
  }

  private static Long amount(Price price) {
    return price == null ? null : price.amount();
  }

  private static String currency(Price price) {
    return price == null ? null : price.currency();
  }

  private static void log(List<Difference> added, Found found) {
    added.stream()
        .limit(MOST_LINES)
        .forEach(
            each ->
                LOG.error(
                    "The shop and the partner's ledger differ: {} at order {}, charge {}",
                    each.kind(),
                    each.orderId(),
                    each.chargeId().isEmpty() ? "none" : each.chargeId()));
    if (added.size() > MOST_LINES) {
      LOG.error(
          "The shop and the partner's ledger differ: {} more, at /v1/ledger-differences",
          added.size() - MOST_LINES);
    }
    if (found.isFull()) {
      LOG.error("There may be more differences: {} are kept at most", MOST);
    }
  }
}
