package io.boxoffice.partners.report;

import io.boxoffice.partners.journal.Compaction;
import io.boxoffice.partners.journal.Timeline;
import io.boxoffice.platform.http.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Holds the reports that are on disk, in the order in which they were accepted. */
final class ReportBook implements Compaction<ReportEntry> {
  private static final int FEWEST_LINES = 10_000;
  private static final int LINES_PER_REPORT = 6;

  private final Timeline<Report> reports = new Timeline<>(Report::id, Report::createdAt);
  private final Map<String, UUID> keys = new HashMap<>();

  /** How often the work on a queued report has begun. */
  private final Map<UUID, Integer> begun = new HashMap<>();

  /** Adds an entry. */
  synchronized void apply(ReportEntry entry) {
    if (entry instanceof ReportEntry.Stored stored) {
      Report report = stored.report();
      if (reports.get(report.id()).isEmpty()) {
        reports.add(report);
        keys.put(report.key(), report.id());
      } else {
        reports.replace(report);
        begun.remove(report.id());
      }
    } else if (entry instanceof ReportEntry.Begun beginning) {
      begun.merge(beginning.reportId(), 1, Integer::sum);
    }
  }

  /** Returns when the last report was accepted; the earliest time if there is none. */
  synchronized Instant latest() {
    return reports.latest();
  }

  /** Returns the number of reports. */
  synchronized int size() {
    return reports.size();
  }

  /** Finds a report. */
  synchronized Optional<Report> report(UUID id) {
    return reports.get(id);
  }

  /** Finds the report that was accepted with a key. */
  synchronized Optional<Report> acceptedWith(String key) {
    return Optional.ofNullable(keys.get(key)).flatMap(reports::get);
  }

  /** Returns the reports that have no end, the oldest first. */
  synchronized List<Report> queued() {
    return reports.all().stream().filter(report -> report.state() == Report.State.QUEUED).toList();
  }

  /** Returns how often the work on a queued report has begun. */
  synchronized int begun(UUID reportId) {
    return begun.getOrDefault(reportId, 0);
  }

  /** Returns a page; the parameters are those of {@link Timeline#page(Instant, UUID, int)}. */
  synchronized Optional<Page<Report>> page(Instant since, UUID after, int limit) {
    return reports.page(since, after, limit);
  }

  /**
   * Forgets the reports that were accepted before a time, if those before them have ended.
   *
   * @return whether there were any
   */
  synchronized boolean deleteBefore(Instant time) {
    Instant end =
        queued().stream().map(Report::createdAt).filter(time::isAfter).findFirst().orElse(time);
    List<Report> old = reports.removeBefore(end);
    old.forEach(report -> keys.remove(report.key()));
    return !old.isEmpty();
  }

  @Override
  public synchronized boolean isDue(long lines) {
    return lines > FEWEST_LINES + (long) LINES_PER_REPORT * reports.size();
  }

  @Override
  public synchronized List<ReportEntry> entries() {
    List<ReportEntry> entries = new ArrayList<>();
    for (Report report : reports.all()) {
      entries.add(new ReportEntry.Stored(report));
      entries.addAll(Collections.nCopies(begun(report.id()), new ReportEntry.Begun(report.id())));
    }
    return entries;
  }
}
