package io.boxoffice.pageview;

import io.boxoffice.event.model.EventType;
import io.boxoffice.event.outbox.Outbox;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.postgresql.PGConnection;

/** Writes page views with their events into the database: one by one, or many by COPY. */
final class PageViewStore {
  private static final String TYPE = EventType.PAGE_VIEWED.text();
  private static final int BYTES_OF_ROW = 70;

  private final Jdbi jdbi;
  private final Outbox outbox;
  private final PageViewMetrics metrics;

  PageViewStore(Jdbi jdbi, Outbox outbox, PageViewMetrics metrics) {
    this.jdbi = jdbi;
    this.outbox = outbox;
    this.metrics = metrics;
  }

  /**
   * Writes one view and its event in one statement, and returns after the commit.
   *
   * @throws JdbiException when the database fails
   */
  void insert(PageView view) {
    UUID event = outbox.ids(1)[0];
    jdbi.useExtension(
        PageViewDao.class, dao -> dao.insert(event, TYPE, view.concertId(), view.viewedAt()));
    outbox.added();
    metrics.written(1);
  }

  /**
   * Writes views by COPY, and one event for each concert, in one transaction.
   *
   * @throws JdbiException when the database fails; whether the batch is committed is not known
   *     then, see {@link #isCommitted}
   */
  void copy(PageViewBatch batch) {
    jdbi.useTransaction(
        handle -> {
          PageViewDao dao = handle.attach(PageViewDao.class);
          batch.writtenBy(dao.transaction());
          copyRows(handle, batch.views());
          announce(dao, batch.views());
        });
    outbox.added();
    metrics.written(batch.views().size());
  }

  /**
   * Returns whether the last try to copy a batch was committed, though its answer was lost.
   *
   * @throws IllegalStateException when the transaction has not ended
   */
  boolean isCommitted(PageViewBatch batch) {
    if (batch.transaction() == null) {
      return false;
    }
    String status = jdbi.withExtension(PageViewDao.class, dao -> dao.status(batch.transaction()));
    if ("in progress".equals(status)) {
      throw new IllegalStateException("The transaction of some page views has not ended.");
    }
    return "committed".equals(status);
  }

  private static void copyRows(Handle handle, List<PageView> views) {
    StringBuilder rows = new StringBuilder(views.size() * BYTES_OF_ROW);
    for (PageView view : views) {
      rows.append(view.concertId()).append('\t').append(view.viewedAt()).append('\n');
    }
    try {
      handle
          .getConnection()
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              PageViewDao.COPY,
              new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.US_ASCII)));
    } catch (SQLException | IOException failure) {
      throw new TransactionException("Page views were not copied", failure);
    }
  }

  private void announce(PageViewDao dao, List<PageView> views) {
    Map<UUID, Integer> counts = new LinkedHashMap<>();
    views.forEach(view -> counts.merge(view.concertId(), 1, Integer::sum));
    dao.announce(
        outbox.ids(counts.size()),
        TYPE,
        counts.keySet().toArray(UUID[]::new),
        counts.values().toArray(Integer[]::new),
        views.get(views.size() - 1).viewedAt());
  }
}
