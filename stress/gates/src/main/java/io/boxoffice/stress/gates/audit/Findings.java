package io.boxoffice.stress.gates.audit;

import java.util.List;
import java.util.Map;

/**
 * What an audit found.
 *
 * @param faults a sentence for each
 * @param figures what was compared
 */
public record Findings(List<String> faults, Map<String, Long> figures) {

  /** Whether the shop and the gates agree. */
  public boolean isClean() {
    return faults.isEmpty();
  }
}
