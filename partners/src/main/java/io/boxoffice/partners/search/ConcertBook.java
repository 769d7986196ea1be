package io.boxoffice.partners.search;

import io.boxoffice.partners.journal.Compaction;
import io.boxoffice.platform.http.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Holds the last change of each concert that is on disk, and keeps the index equal to it. A deleted
 * concert stays here for a while, so that a late change cannot bring it back.
 */
final class ConcertBook implements Compaction<ConcertChange> {
  private static final int FEWEST_LINES = 10_000;
  private static final int LINES_PER_CONCERT = 2;

  private final TreeMap<UUID, ConcertChange> changes = new TreeMap<>();
  private final SearchIndex index;
  private Instant latest = Instant.MIN;

  /** Fills the given empty index. */
  ConcertBook(SearchIndex index) {
    this.index = index;
  }

  /** Applies a change, unless the concert has a newer one. */
  synchronized void apply(ConcertChange change) {
    ConcertChange last = changes.get(change.concertId());
    if (last != null && last.version() >= change.version()) {
      return;
    }
    changes.put(change.concertId(), change);
    latest = latest.isAfter(change.changedAt()) ? latest : change.changedAt();
    if (change.concert() == null) {
      index.delete(change.concertId());
    } else {
      index.put(change.concertId(), change.version(), change.concert());
    }
  }

  /** Returns when the last change was made; the earliest time if there is none. */
  synchronized Instant latest() {
    return latest;
  }

  /** Returns how many concerts there are, deleted ones included. */
  synchronized int size() {
    return changes.size();
  }

  /** Returns the last change of a concert. */
  synchronized Optional<ConcertChange> last(UUID concertId) {
    return Optional.ofNullable(changes.get(concertId));
  }

  /**
   * Returns a page of the last changes, in the order of the concerts' ids.
   *
   * @param since only changes that were made at this time or later; null for all
   * @param after only concerts behind this one; null for all
   */
  synchronized Page<ConcertChange> page(Instant since, UUID after, int limit) {
    List<ConcertChange> rows = new ArrayList<>();
    for (ConcertChange change :
        (after == null ? changes : changes.tailMap(after, false)).values()) {
      if ((since == null || !change.changedAt().isBefore(since)) && rows.size() <= limit) {
        rows.add(change);
      }
    }
    return Page.cut(rows, limit, ConcertChange::concertId);
  }

  /**
   * Forgets the concerts that were deleted before a time.
   *
   * @return whether there were any
   */
  synchronized boolean forgetDeletedBefore(Instant time) {
    return changes
        .values()
        .removeIf(change -> change.concert() == null && change.changedAt().isBefore(time));
  }

  @Override
  public synchronized boolean isDue(long lines) {
    return lines > FEWEST_LINES + (long) LINES_PER_CONCERT * changes.size();
  }

  @Override
  public synchronized List<ConcertChange> entries() {
    return List.copyOf(changes.values());
  }
}
