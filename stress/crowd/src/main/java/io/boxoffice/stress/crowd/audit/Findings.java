package io.boxoffice.stress.crowd.audit;

import io.boxoffice.stress.check.history.History;
import java.util.List;
import java.util.Map;

/**
 * What an audit found.
 *
 * @param figures what was compared, by name
 * @param faults a sentence for each; none when the records are right
 * @param notAudited what could not be looked at
 * @param complete whether everything was looked at that the run promises
 * @param history what the checker decided on; null if other clients sell too
 */
public record Findings(
    Map<String, Long> figures,
    List<String> faults,
    List<String> notAudited,
    boolean complete,
    History history) {
  /** Whether nothing is wrong. */
  public boolean isClean() {
    return faults.isEmpty();
  }
}
