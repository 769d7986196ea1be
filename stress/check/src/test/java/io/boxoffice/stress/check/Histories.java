package io.boxoffice.stress.check;

import io.boxoffice.stress.check.history.History;

/** Random histories of {@link TestShop}. */
public final class Histories {
  private Histories() {}

  /** Returns one of a few clients with a few requests each; most shops have a bug. */
  public static History small(long seed) {
    Bug[] bugs = Bug.values();
    return TestShop.history(
        new TestShop.Run(seed, bugs[(int) (seed % bugs.length)], 2 + (int) (seed % 4), 4, 1, 8, 3));
  }

  /** Returns one of 64 clients and of so many requests that a shop without a bug got. */
  public static History large(int requests) {
    return TestShop.history(new TestShop.Run(1, Bug.NONE, 64, requests / 64, 20, 1_000_000, 5));
  }
}
