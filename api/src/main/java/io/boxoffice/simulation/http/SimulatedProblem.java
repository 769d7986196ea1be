package io.boxoffice.simulation.http;

import io.boxoffice.platform.error.Problem;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.simulation.draw.Decision;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Creates the problem of a simulated denial, in the form of a real one and with its rule. */
final class SimulatedProblem {
  private SimulatedProblem() {}

  static Problem of(Decision decision) {
    // A rule may use the code of a real problem, to test how clients handle it.
    ProblemCode known =
        Arrays.stream(ProblemCode.values())
            .filter(code -> code.code().equals(decision.refusal().code()))
            .findFirst()
            .orElse(ProblemCode.SIMULATED_DENIAL);
    return new Problem(
        "/problems/" + known.code(),
        known.title(),
        decision.refusal().status(),
        "The simulation's rule '%s' said no.".formatted(decision.rule()),
        decision.refusal().code(),
        null,
        null,
        List.of(),
        Map.of("rule", decision.rule()));
  }
}
