package io.boxoffice.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * How a rule says no: one outcome written into the denial, or several of which one is drawn.
 *
 * @param percent how many requests are denied
 * @param when whether the delay comes first
 * @param inline the one outcome; null when {@code outcomes} are given
 * @param outcomes a weighted choice; null when there is only one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Denial(
    @Schema(example = "9.9") double percent,
    @Schema(type = "string", example = "beforeDelay", implementation = String.class) When when,
    @JsonUnwrapped Outcome inline,
    @Schema(description = "Instead of status, code and retryAfter")
        List<WeightedOutcome> outcomes) {

  /** Whether a denied request is delayed too. */
  public enum When {
    BEFORE_DELAY,
    AFTER_DELAY;

    /** As the setting spells it. */
    @JsonValue
    public String word() {
      return Words.of(this);
    }
  }

  /**
   * One way to say no.
   *
   * @param status 400 to 599
   * @param code the problem's code
   * @param retryAfter what the answer's Retry-After says; null for none
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
   * One of several ways to say no.
   *
   * @param weight its share of all weights
   * @param outcome what is answered
   */
  public record WeightedOutcome(
      @Schema(example = "1") double weight, @JsonUnwrapped Outcome outcome) {}

  /** The outcome at a point between 0 and 1 of the weights laid end to end. */
  Outcome outcomeAt(double point) {
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
