package io.boxoffice.simulation.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * Selects the requests that a rule applies to.
 *
 * @param methods HTTP methods; empty for all methods
 * @param path the template of a route; null for all routes
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RuleMatch(
    @Schema(description = "Every method when left out", example = "[\"POST\"]")
        List<String> methods,
    @Schema(
            description = "Every route when left out",
            example = "/v1/concerts/{concertId}/purchases")
        String path) {

  boolean covers(String method, String route) {
    return (methods.isEmpty() || methods.contains(method)) && (path == null || path.equals(route));
  }
}
