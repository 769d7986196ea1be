package io.boxoffice.stress.gates.audit;

/** How many scans had each result. */
public record Counts(long admitted, long left, long refused) {
  static final Counts NONE = new Counts(0, 0, 0);

  Counts plus(Counts other) {
    return new Counts(admitted + other.admitted, left + other.left, refused + other.refused);
  }

  String text() {
    return "%,d admitted, %,d left, %,d refused".formatted(admitted, left, refused);
  }
}
