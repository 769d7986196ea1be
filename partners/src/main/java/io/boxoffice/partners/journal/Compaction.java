package io.boxoffice.partners.journal;

import java.util.List;

/**
 * Makes a journal shorter: a file with the fewest entries that lead to the same state replaces it.
 * The journal calls it on its own thread, between two writes.
 */
public interface Compaction<E> {
  /**
   * Returns whether the file is so long that it should be replaced.
   *
   * @param lines how many entries the file has
   */
  boolean isDue(long lines);

  /** Returns the fewest entries that lead to the present state, in order. */
  List<E> entries();

  /** Returns the compaction of a journal that keeps every entry for ever. */
  static <E> Compaction<E> never() {
    return new Compaction<>() {
      @Override
      public boolean isDue(long lines) {
        return false;
      }

      @Override
      public List<E> entries() {
        throw new IllegalStateException("This journal keeps every entry.");
      }
    };
  }
}
