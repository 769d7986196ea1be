package io.boxoffice.stress.gates.device;

import io.boxoffice.stress.gates.ledger.Scan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the scans that the shop has not answered, in their order and bounded. */
final class Journal {
  private final int capacity;
  private final Deque<Waiting> scans = new ArrayDeque<>();
  private int online;

  /**
   * A scan without a result.
   *
   * @param sinceNanos when the person arrived, by {@link System#nanoTime()}
   */
  record Waiting(Scan scan, long sinceNanos) {}

  Journal(int capacity) {
    this.capacity = capacity;
  }

  boolean isFull() {
    return scans.size() >= capacity;
  }

  boolean isEmpty() {
    return scans.isEmpty();
  }

  /** Whether a person waits at the gate for the shop's answer. */
  boolean hasOnline() {
    return online > 0;
  }

  int size() {
    return scans.size();
  }

  /**
   * Adds a scan at the end.
   *
   * @throws IllegalStateException when the journal is full
   */
  void add(Waiting waiting) {
    if (isFull()) {
      throw new IllegalStateException("the journal is full");
    }
    scans.add(waiting);
    online += waiting.scan().offline() ? 0 : 1;
  }

  /** The oldest scans. */
  List<Waiting> first(int most) {
    return scans.stream().limit(most).toList();
  }

  /** Removes the oldest one. */
  void remove() {
    online -= scans.remove().scan().offline() ? 0 : 1;
  }
}
