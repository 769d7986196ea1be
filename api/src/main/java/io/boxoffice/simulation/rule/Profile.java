package io.boxoffice.simulation.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Groups the rules that are active together, under a name that an operator selects.
 *
 * @param description text for the operator; may be null
 * @param rules the rules in order; the first one that matches a request applies
 * @param scenario how the effect of the rules changes over time; null when it is constant
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Profile(String description, List<Rule> rules, Scenario scenario) {

  /** Returns the first rule that matches the request. */
  public Optional<Rule> ruleFor(String method, String route) {
    return rules.stream().filter(rule -> rule.match().covers(method, route)).findFirst();
  }
}
