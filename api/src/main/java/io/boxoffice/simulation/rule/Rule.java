package io.boxoffice.simulation.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Defines which requests are delayed or denied, and which responses are lost.
 *
 * @param id unique in the setting; the label of the rule's metrics and an input of every draw
 * @param match the requests that the rule applies to
 * @param phase whether the rule applies before or after the service handles the request
 * @param delay null for no delay
 * @param denial null for no denial
 * @param lose null for no loss; only in the response phase
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rule(
    @Schema(example = "slow-and-picky") String id,
    RuleMatch match,
    @Schema(type = "string", example = "request", implementation = String.class) Phase phase,
    Delay delay,
    Denial denial,
    Loss lose) {

  /** When a rule applies. */
  public enum Phase {
    /** Before the service handles the request: a denied purchase does not sell a ticket. */
    REQUEST,
    /**
     * After the service has handled and committed the request: the response is late, wrong or lost.
     */
    RESPONSE;

    /** Returns the word for it in the setting. */
    @JsonValue
    public String word() {
      return Words.of(this);
    }
  }
}
