package io.boxoffice.stress.check.stock;

import java.util.List;

/**
 * How much the search for an order tries.
 *
 * @param states how many ways are kept
 * @param alike how many changes of one number of tickets can be done early
 * @param combinations how many of them are tried for one sight
 * @param steps how much is tried to find these
 * @param guess whether a change is done at the middle of its time, where it most probably was
 * @param delay whether it is also tried to do it later
 * @param ahead whether a sight is served before a change ends that is not needed for it
 */
record Effort(
    int states,
    int alike,
    int combinations,
    long steps,
    boolean guess,
    boolean delay,
    boolean ahead) {

  /** From the least, which is enough for most of a long history, to the full one. */
  static final List<Effort> LEVELS =
      List.of(
          new Effort(4, 16, 4, 200, true, false, false),
          new Effort(64, 16, 8, 200, true, true, false),
          new Effort(1_000, 16, 8, 200, true, true, false),
          new Effort(1_000, 32, 16, 2_000, true, true, true),
          new Effort(30_000, 1_000, 30_000, 200_000, false, false, true));

  static final int MOST = LEVELS.size() - 1;
}
