package io.boxoffice.stress.check.verdict;

import java.util.List;
import java.util.Map;

/**
 * The result of a check.
 *
 * @param figures what was checked, in the order in which it is printed
 * @param contradictions the promises that were broken, at most a few of each kind
 * @param undecided the stocks whose order of changes was too costly to decide; their bounds hold
 */
public record Verdict(
    Map<String, Long> figures, List<Contradiction> contradictions, List<String> undecided) {
  /** Whether no promise was broken. */
  public boolean isClean() {
    return contradictions.isEmpty();
  }
}
