package io.boxoffice.platform.key;

/**
 * Chooses the numbers of new keys, so that replicas which create a key at the same time create one,
 * and two sites that are cut off from each other never give two keys one number.
 *
 * @param first the number of the first key, at least 1
 * @param step between two numbers, at least 1
 */
public record KeyNumbers(int first, int step) {
  /** Counts from 1. */
  public static final KeyNumbers ALL = new KeyNumbers(1, 1);

  /**
   * Returns the numbers of one site: odd ones for the site whose name comes first.
   *
   * @param site its name; blank for a shop of one site, which uses all numbers
   * @param peer the name of the other site
   */
  public static KeyNumbers of(String site, String peer) {
    if (site.isBlank()) {
      return ALL;
    }
    return new KeyNumbers(site.compareTo(peer) < 0 ? 1 : 2, 2);
  }

  /** Returns the smallest of these numbers that is greater than the given one. */
  int after(int number) {
    return number < first ? first : first + ((number - first) / step + 1) * step;
  }
}
