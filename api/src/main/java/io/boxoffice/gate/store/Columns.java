package io.boxoffice.gate.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Turns rows into arrays, one for each column, so that one statement writes all of them. */
final class Columns<T> {
  private final Collection<T> rows;

  Columns(Collection<T> rows) {
    this.rows = List.copyOf(rows);
  }

  UUID[] uuids(Function<T, UUID> column) {
    return rows.stream().map(column).toArray(UUID[]::new);
  }

  String[] texts(Function<T, String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  Long[] longs(Function<T, Long> column) {
    return rows.stream().map(column).toArray(Long[]::new);
  }

  Integer[] integers(Function<T, Integer> column) {
    return rows.stream().map(column).toArray(Integer[]::new);
  }

  /** The statement casts the texts, because the driver has no array of times. */
  String[] times(Function<T, Instant> column) {
    return rows.stream()
        .map(column)
        .map(time -> time == null ? null : time.toString())
        .toArray(String[]::new);
  }
}
