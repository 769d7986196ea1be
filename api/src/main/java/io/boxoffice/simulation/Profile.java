package io.boxoffice.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * A named way to misbehave.
 *
 * @param description for people; may be null
 * @param rules the first that matches a request is the one
 * @param scenario how the rules grow stronger and weaker over time; null for always the same
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Profile(String description, List<Rule> rules, Scenario scenario) {

  /** The rule for a request, if there is one. */
  Optional<Rule> ruleFor(String method, String route) {
    return rules.stream().filter(rule -> rule.match().covers(method, route)).findFirst();
  }
}
