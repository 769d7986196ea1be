package io.boxoffice.simulation.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * Defines which share of requests a rule denies, and with which response. The denial has one
 * outcome, or a list of outcomes from which one is drawn.
 *
 * @param percent the percentage of requests that are denied
 * @param when whether the rule denies a request before or after its delay
 * @param inline the only outcome; null when {@code outcomes} is given
 * @param outcomes the weighted outcomes; null when there is only one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Denial(
    @Schema(example = "9.9") double percent,
    @Schema(type = "string", example = "beforeDelay", implementation = String.class) When when,
    @JsonUnwrapped Outcome inline,
    @Schema(description = "Instead of status, code and retryAfter")
        List<WeightedOutcome> outcomes) {

  /** Whether a denied request is delayed as well. */
  public enum When implements Word {
    BEFORE_DELAY,
    AFTER_DELAY
  }

  /**
   * The response to a denied request.
   *
   * @param status the HTTP status, 400 to 599
   * @param code the code of the problem
   * @param retryAfter the Retry-After header; null for none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Outcome(
      @Schema(example = "409") int status,
      @Schema(example = "simulated-denial") String code,
      @Schema(
              oneOf = {String.class, RetryAfter.Range.class},
              types = {"string", "object"},
              description = "A duration, or one drawn between {min, max}")
          RetryAfter retryAfter) {}

  /**
   * One of several outcomes.
   *
   * @param weight the weight of the outcome in the draw, relative to the sum of all weights
   * @param outcome the response
   */
  public record WeightedOutcome(
      @Schema(example = "1") double weight, @JsonUnwrapped Outcome outcome) {}

  /** Returns the outcome at a point between 0 and 1 on the scale of cumulative weights. */
  public Outcome outcomeAt(double point) {
    if (inline != null) {
      return inline;
    }
    double left = point * outcomes.stream().mapToDouble(WeightedOutcome::weight).sum();
    Outcome last = null;
    for (WeightedOutcome candidate : outcomes) {
      if (candidate.weight() > 0) {
        last = candidate.outcome();
        left -= candidate.weight();
        if (left < 0) {
          break;
        }
      }
    }
    return last;
  }
}
