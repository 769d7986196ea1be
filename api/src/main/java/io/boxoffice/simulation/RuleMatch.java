package io.boxoffice.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * Which requests a rule is for.
 *
 * @param methods HTTP methods; empty for all
 * @param path a route's template; null for all
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
