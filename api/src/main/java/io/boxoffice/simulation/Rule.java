package io.boxoffice.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What to do to the requests it matches.
 *
 * @param id unique in the setting; the label of its metrics and part of every draw
 * @param match which requests
 * @param phase whether it strikes before the request is handled or after
 * @param delay null for none
 * @param denial null for none
 * @param lose null for none; only in the response phase
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rule(
    @Schema(example = "slow-and-picky") String id,
    RuleMatch match,
    @Schema(type = "string", example = "request", implementation = String.class) Phase phase,
    Delay delay,
    Denial denial,
    Loss lose) {

  /** When a rule strikes. */
  public enum Phase {
    /** Before the request is handled: a denied sale never happens. */
    REQUEST,
    /** After it was handled and committed: the answer is late, wrong or lost. */
    RESPONSE;

    /** As the setting spells it. */
    @JsonValue
    public String word() {
      return Words.of(this);
    }
  }
}
