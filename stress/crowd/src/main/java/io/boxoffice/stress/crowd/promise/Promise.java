package io.boxoffice.stress.crowd.promise;

import io.boxoffice.stress.crowd.arrival.ArrivalPlan;
import io.boxoffice.stress.crowd.record.Attempt;
import io.boxoffice.stress.crowd.record.Recorder;
import java.util.List;
import java.util.Map;

/** Something that must hold at the end of a run. */
@FunctionalInterface
public interface Promise {
  /** Judges a run. */
  Verdict judge(Run run);

  /**
   * A run that is over.
   *
   * @param plan when buyers were to arrive; null with a fixed number of buyers
   * @param seconds how long buyers arrived
   * @param profileIsOn whether the scenario's profile of the simulation was on
   */
  record Run(
      Recorder recorder,
      List<Attempt> attempts,
      ArrivalPlan plan,
      int seconds,
      boolean profileIsOn) {}

  /**
   * The result of the check.
   *
   * @param figures figures for programs, by name
   */
  record Verdict(String promise, boolean kept, String detail, Map<String, Object> figures) {
    static Verdict of(String promise, boolean kept, String detail) {
      return new Verdict(promise, kept, detail, Map.of());
    }
  }
}
