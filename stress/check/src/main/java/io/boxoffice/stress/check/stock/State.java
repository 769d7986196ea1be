package io.boxoffice.stress.check.stock;

/**
 * One way in which the order can have gone so far.
 *
 * @param available the tickets that are left
 * @param early the changes that were done and have not ended
 * @param open the sights that have begun and did not hold yet
 */
record State(long available, Early early, Early open) {
  State afterChange(int index, Change change) {
    return new State(available + change.tickets(), early.with(index), open);
  }

  State afterEnd(int index) {
    return new State(available, early.without(index), open);
  }
}
