package io.boxoffice.stress.check.stock;

import java.util.Arrays;

/** A small set of indexes that never changes. */
final class Early {
  static final Early NONE = new Early(new int[0]);

  private final int[] indexes;

  private Early(int[] sorted) {
    this.indexes = sorted;
  }

  boolean contains(int index) {
    return Arrays.binarySearch(indexes, index) >= 0;
  }

  Early with(int index) {
    int at = -Arrays.binarySearch(indexes, index) - 1;
    int[] more = new int[indexes.length + 1];
    System.arraycopy(indexes, 0, more, 0, at);
    more[at] = index;
    System.arraycopy(indexes, at, more, at + 1, indexes.length - at);
    return new Early(more);
  }

  Early without(int index) {
    int at = Arrays.binarySearch(indexes, index);
    int[] fewer = new int[indexes.length - 1];
    System.arraycopy(indexes, 0, fewer, 0, at);
    System.arraycopy(indexes, at + 1, fewer, at, fewer.length - at);
    return new Early(fewer);
  }

  int[] indexes() {
    return indexes;
  }

  int size() {
    return indexes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Early early && Arrays.equals(indexes, early.indexes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(indexes);
  }
}
