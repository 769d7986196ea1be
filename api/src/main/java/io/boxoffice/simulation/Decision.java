package io.boxoffice.simulation;

import java.time.Duration;

/**
 * What is done to one request.
 *
 * @param rule the id of the rule that decided
 * @param phase when it strikes
 * @param delay zero for none
 * @param refusal what is answered instead; null for the real answer
 * @param lost whether the answer is thrown away
 */
record Decision(String rule, Rule.Phase phase, Duration delay, Refusal refusal, boolean lost) {

  /**
   * A denial, drawn to the last detail.
   *
   * @param retryAfterSeconds null for no such header
   */
  record Refusal(int status, String code, Integer retryAfterSeconds) {}

  boolean isDelayed() {
    return !delay.isZero();
  }

  boolean isDenied() {
    return refusal != null && !lost;
  }

  /** Whether anything is done at all. */
  boolean touches() {
    return isDelayed() || refusal != null || lost;
  }

  /** The same, without waiting. */
  Decision undelayed() {
    return new Decision(rule, phase, Duration.ZERO, refusal, lost);
  }
}
