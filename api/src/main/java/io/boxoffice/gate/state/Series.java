package io.boxoffice.gate.state;

import java.util.Comparator;

/**
 * Names one count of a gate's device. A device that loses its count starts another series, with a
 * greater number.
 *
 * @param gate the name of the gate
 * @param number 1 or more
 */
public record Series(String gate, long number) implements Comparable<Series> {
  private static final Comparator<Series> ORDER =
      Comparator.comparing(Series::gate).thenComparingLong(Series::number);

  @Override
  public int compareTo(Series other) {
    return ORDER.compare(this, other);
  }
}
