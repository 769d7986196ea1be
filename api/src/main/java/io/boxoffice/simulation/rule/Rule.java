package io.boxoffice.simulation.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

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
    Match match,
    @Schema(type = "string", example = "request", implementation = String.class) Phase phase,
    Delay delay,
    Denial denial,
    Loss lose) {

  /** When a rule applies. */
  public enum Phase implements Word {
    /** Before the service handles the request: a denied purchase does not sell a ticket. */
    REQUEST,
    /**
     * After the service has handled and committed the request: the response is late, wrong or lost.
     */
    RESPONSE
  }

  /**
   * Selects the requests that a rule applies to.
   *
   * @param methods HTTP methods; empty for all methods
   * @param path the template of a route; null for all routes
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Schema(name = "RuleMatch")
  public record Match(
      @Schema(description = "Every method when left out", example = "[\"POST\"]")
          List<String> methods,
      @Schema(
              description = "Every route when left out",
              example = "/v1/concerts/{concertId}/purchases")
          String path) {

    boolean covers(String method, String route) {
      return (methods.isEmpty() || methods.contains(method))
          && (path == null || path.equals(route));
    }
  }

  /**
   * Defines how often a rule discards the response: the service completes the request, and the
   * client receives no response.
   *
   * @param percent the percentage of responses that are lost
   */
  public record Loss(@Schema(example = "100") double percent) {}
}
