package io.boxoffice.stress.check.verdict;

import java.util.List;

/**
 * A promise that was broken.
 *
 * @param promise which one
 * @param sentence what contradicts what
 * @param operations the ids of the fewest operations that show it
 */
public record Contradiction(Promise promise, String sentence, List<String> operations) {
  /** What a shop promises. */
  public enum Promise {
    /** An acknowledged purchase exists. */
    ACKNOWLEDGED,
    /** A key buys once. */
    ONE_PURCHASE_A_KEY,
    /** A refused purchase does not exist, and each that exists was requested. */
    ONLY_WHAT_WAS_ASKED_FOR,
    /** No ticket is sold twice, and none is lost. */
    STOCK,
    /** An answer is true for a moment of its request, or of the time before that its age allows. */
    ANSWERS
  }
}
