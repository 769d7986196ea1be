package io.boxoffice.site.conflict;

import io.boxoffice.platform.http.Page;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Reads conflicts, for operators and the metrics. */
public final class Conflicts {
  private final Jdbi jdbi;

  /** Reads from the given database. */
  public Conflicts(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Counts the conflicts of each kind; a kind without any may be missing. */
  public Map<String, Double> count() {
    return jdbi.withExtension(ConflictDao.class, ConflictDao::count);
  }

  /**
   * Reads a page.
   *
   * @param after the last id of the page before, or null
   * @param limit 1 to {@link Page#MAX_LIMIT}
   */
  Page<Conflict> page(UUID after, int limit) {
    List<Conflict> found = jdbi.withExtension(ConflictDao.class, dao -> dao.list(after, limit + 1));
    return Page.cut(found, limit, Conflict::id);
  }
}
