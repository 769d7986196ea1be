package io.boxoffice.simulation.draw;

import io.boxoffice.simulation.rule.Rule;
import java.time.Duration;

/**
 * Holds what the simulation does to one request.
 *
 * @param rule the id of the rule
 * @param phase when the rule applies
 * @param delay zero for no delay
 * @param refusal the response in place of the real one; null for the real one and for a lost one
 * @param lost whether the response is discarded
 */
public record Decision(
    String rule, Rule.Phase phase, Duration delay, Refusal refusal, boolean lost) {

  /**
   * A denial with all drawn values.
   *
   * @param retryAfterSeconds null for no Retry-After header
   */
  public record Refusal(int status, String code, Integer retryAfterSeconds) {}

  /** Returns whether the request is delayed. */
  public boolean isDelayed() {
    return !delay.isZero();
  }

  /** Returns whether the client receives a denial. */
  public boolean isDenied() {
    return refusal != null;
  }

  /** Returns whether the simulation does anything to the request. */
  public boolean touches() {
    return isDelayed() || isDenied() || lost;
  }

  /** Returns this decision without its delay. */
  public Decision undelayed() {
    return new Decision(rule, phase, Duration.ZERO, refusal, lost);
  }
}
