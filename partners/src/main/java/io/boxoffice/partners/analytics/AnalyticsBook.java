package io.boxoffice.partners.analytics;

import io.boxoffice.partners.journal.Compaction;
import io.boxoffice.platform.http.Page;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Holds what was counted, and the ids of the events that were counted last. */
final class AnalyticsBook implements Compaction<AnalyticsEntry> {
  private static final int IDS_PER_LINE = 1_000;

  /**
   * One minute of a concert.
   *
   * @param minute its begin
   */
  record Minute(Instant minute, Counts counts) {}

  /**
   * Some minutes of a concert.
   *
   * @param next the value of {@code from} for the next page; null on the last one
   */
  record Minutes(List<Minute> items, Instant next) {}

  /** All minutes of a concert together. */
  record Total(UUID concertId, Counts counts) {}

  private final TreeMap<UUID, TreeMap<Instant, Counts>> concerts = new TreeMap<>();
  private final IdWindow ids;
  private final int mostLines;
  private int minutes;

  /**
   * Creates an empty book.
   *
   * @param rememberedIds how many ids are remembered at most
   * @param mostLines how many lines more than needed the file may have
   */
  AnalyticsBook(int rememberedIds, int mostLines) {
    this.ids = new IdWindow(rememberedIds);
    this.mostLines = mostLines;
  }

  /** Applies an entry. */
  synchronized void apply(AnalyticsEntry entry) {
    if (entry instanceof AnalyticsEntry.Received received) {
      int repeated = 0;
      for (Event event : received.events()) {
        if (ids.add(event.id())) {
          add(event.concertId(), minuteOf(event.at()), Counts.NONE.plus(event));
        } else {
          repeated++;
        }
      }
      received.isKnown(repeated);
    } else if (entry instanceof AnalyticsEntry.Counted counted) {
      add(counted.concertId(), counted.minute(), counted.counts());
    } else if (entry instanceof AnalyticsEntry.Remembered remembered) {
      remembered.ids().forEach(ids::add);
    }
  }

  private void add(UUID concertId, Instant minute, Counts counts) {
    TreeMap<Instant, Counts> concert =
        concerts.computeIfAbsent(concertId, unused -> new TreeMap<>());
    minutes += concert.containsKey(minute) ? 0 : 1;
    concert.merge(minute, counts, Counts::plus);
  }

  private static Instant minuteOf(Instant time) {
    return time.truncatedTo(ChronoUnit.MINUTES);
  }

  /** Returns how many minutes with counts there are, over all concerts. */
  synchronized int minutes() {
    return minutes;
  }

  /** Returns how many minutes events would add. */
  synchronized long newMinutes(List<Event> received) {
    record Key(UUID concertId, Instant minute) {}
    return received.stream()
        .map(event -> new Key(event.concertId(), minuteOf(event.at())))
        .distinct()
        .filter(key -> !concerts.getOrDefault(key.concertId(), EMPTY).containsKey(key.minute()))
        .count();
  }

  private static final TreeMap<Instant, Counts> EMPTY = new TreeMap<>();

  /**
   * Returns the minutes of a concert that have counts.
   *
   * @param from the earliest minute; null for the first
   * @param to behind the last minute; null for all
   * @return empty if nothing of the concert was counted
   */
  synchronized Optional<Minutes> minutes(UUID concertId, Instant from, Instant to, int limit) {
    return Optional.ofNullable(concerts.get(concertId))
        .map(
            concert -> {
              List<Minute> items = new ArrayList<>();
              for (Map.Entry<Instant, Counts> minute :
                  concert.tailMap(from == null ? Instant.MIN : from, true).entrySet()) {
                if (to != null && !minute.getKey().isBefore(to)) {
                  break;
                }
                if (items.size() == limit) {
                  return new Minutes(items, minute.getKey());
                }
                items.add(new Minute(minute.getKey(), minute.getValue()));
              }
              return new Minutes(items, null);
            });
  }

  /** Returns the sum of all minutes of a concert; empty if nothing of it was counted. */
  synchronized Optional<Total> total(UUID concertId) {
    return Optional.ofNullable(concerts.get(concertId))
        .map(
            concert ->
                new Total(concertId, concert.values().stream().reduce(Counts.NONE, Counts::plus)));
  }

  /**
   * Returns a page of totals, in the order of the concerts' ids.
   *
   * @param after only concerts behind this one; null for all
   */
  synchronized Page<Total> totals(UUID after, int limit) {
    List<UUID> page =
        (after == null ? concerts : concerts.tailMap(after, false))
            .keySet().stream().limit(limit + 1L).toList();
    return Page.cut(
        page.stream().map(id -> total(id).orElseThrow()).toList(), limit, Total::concertId);
  }

  /**
   * Forgets the minutes before a time.
   *
   * @return whether there were any
   */
  synchronized boolean deleteBefore(Instant time) {
    int before = minutes;
    concerts
        .values()
        .removeIf(
            concert -> {
              Map<Instant, Counts> old = concert.headMap(time);
              minutes -= old.size();
              old.clear();
              return concert.isEmpty();
            });
    return minutes < before;
  }

  @Override
  public synchronized boolean isDue(long lines) {
    return lines > mostLines + 2L * minutes;
  }

  @Override
  public synchronized List<AnalyticsEntry> entries() {
    List<AnalyticsEntry> entries = new ArrayList<>();
    concerts.forEach(
        (concertId, concert) ->
            concert.forEach(
                (minute, counts) ->
                    entries.add(new AnalyticsEntry.Counted(concertId, minute, counts))));
    List<UUID> remembered = ids.ids();
    for (int from = 0; from < remembered.size(); from += IDS_PER_LINE) {
      entries.add(
          new AnalyticsEntry.Remembered(
              remembered.subList(from, Math.min(from + IDS_PER_LINE, remembered.size()))));
    }
    return entries;
  }
}
