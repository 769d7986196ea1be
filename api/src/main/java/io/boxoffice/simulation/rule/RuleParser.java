package io.boxoffice.simulation.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.platform.error.FieldError;
import io.boxoffice.platform.error.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Reads rules from JSON and checks that each one can be applied. */
final class RuleParser {
  /** The form of rule ids, profile names and problem codes. */
  static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,49}");

  static final String NAME_EXPECTATION =
      "must be 1 to 50 of a-z, 0-9 and '-', beginning with a letter";

  private static final int MOST_OUTCOMES = 20;
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);
  private static final Pattern ANY = Pattern.compile("(?s).*");

  private final Routes routes;
  private final DistributionParser distributions;
  private final List<FieldError> errors;
  private final List<IdPlace> ids = new ArrayList<>();

  /** A rule's id and its path in the document. */
  record IdPlace(String id, String path) {}

  RuleParser(Routes routes, Limits limits, List<FieldError> errors) {
    this.routes = routes;
    this.distributions = new DistributionParser(limits);
    this.errors = errors;
  }

  Rule parse(Fields.Element element) {
    Fields fields = Fields.of(element.node(), element.path(), errors);
    fields.require("id");
    Rule rule =
        new Rule(
            fields.text("id", NAME, NAME_EXPECTATION, ""),
            match(fields.object("match")),
            fields.choice("phase", Rule.Phase.class, Rule.Phase.REQUEST),
            delay(fields.object("delay")),
            denial(fields.object("denial")),
            loss(fields));
    if (rule.lose() != null && rule.phase() == Rule.Phase.REQUEST) {
      fields.wrong("lose", "needs \"phase\": \"response\", for before it there is no answer");
    }
    fields.refuseOthers();
    if (!rule.id().isEmpty()) {
      ids.add(new IdPlace(rule.id(), fields.pathOf("id")));
    }
    return rule;
  }

  /** Returns the ids that were read so far. */
  List<IdPlace> ids() {
    return ids;
  }

  private Rule.Match match(Fields fields) {
    if (fields == null) {
      return new Rule.Match(List.of(), null);
    }
    List<String> methods =
        fields.list(
            "methods",
            Routes.METHODS.size(),
            element -> {
              if (!Routes.METHODS.contains(element.node().asText())) {
                errors.add(
                    new FieldError(
                        element.path(), "must be one of " + String.join(", ", Routes.METHODS)));
              }
              return element.node().asText();
            });
    String path = fields.text("path", ANY, "must be a string", null);
    if (path != null && !routes.has(path)) {
      fields.wrong("path", "must be one of the routes " + String.join(", ", routes.templates()));
    }
    fields.refuseOthers();
    return new Rule.Match(Objects.requireNonNullElse(methods, List.of()), path);
  }

  private Delay delay(Fields fields) {
    if (fields == null) {
      return null;
    }
    fields.require("distribution");
    Fields distribution = fields.object("distribution");
    Delay delay =
        new Delay(
            fields.percent("percent", 100),
            distribution == null ? null : distributions.parse(distribution));
    fields.refuseOthers();
    return delay;
  }

  private Denial denial(Fields fields) {
    if (fields == null) {
      return null;
    }
    fields.require("percent");
    double percent = fields.percent("percent", 0);
    Denial.When when = fields.choice("when", Denial.When.class, Denial.When.BEFORE_DELAY);
    List<Denial.WeightedOutcome> outcomes =
        fields.list("outcomes", MOST_OUTCOMES, this::weightedOutcome);
    Denial.Outcome inline = null;
    if (outcomes == null) {
      inline = outcome(fields);
    } else if (outcomes.stream().mapToDouble(Denial.WeightedOutcome::weight).sum() == 0) {
      fields.wrong("outcomes", "must have weights whose sum is over 0");
    }
    fields.refuseOthers();
    return new Denial(percent, when, inline, outcomes);
  }

  private Denial.WeightedOutcome weightedOutcome(Fields.Element element) {
    Fields fields = Fields.of(element.node(), element.path(), errors);
    Denial.WeightedOutcome outcome =
        new Denial.WeightedOutcome(fields.number("weight", 0, 1_000_000, 1), outcome(fields));
    fields.refuseOthers();
    return outcome;
  }

  private Denial.Outcome outcome(Fields fields) {
    return new Denial.Outcome(
        fields.wholeNumber("status", 400, 599, 409L).intValue(),
        fields.text("code", NAME, NAME_EXPECTATION, ProblemCode.SIMULATED_DENIAL.code()),
        fields.has("retryAfter") ? retryAfter(fields) : null);
  }

  private static RetryAfter retryAfter(Fields fields) {
    JsonNode value = fields.get("retryAfter");
    if (!value.isObject()) {
      Duration fixed =
          fields.duration("retryAfter", Duration.ZERO, LONGEST_RETRY_AFTER, Duration.ZERO);
      return new RetryAfter(fixed, fixed);
    }
    Fields range = fields.object("retryAfter");
    Duration min = range.requiredDuration("min", Duration.ZERO, LONGEST_RETRY_AFTER);
    Duration max = range.requiredDuration("max", Duration.ZERO, LONGEST_RETRY_AFTER);
    if (range.has("max") && min.compareTo(max) > 0) {
      range.wrong("min", "must not be over max");
    }
    range.refuseOthers();
    return new RetryAfter(min, max);
  }

  /** Accepts {@code true} for all responses, or an object with a percentage. */
  private static Rule.Loss loss(Fields fields) {
    if (fields.get("lose").isBoolean() || !fields.has("lose")) {
      return fields.flag("lose", false) ? new Rule.Loss(100) : null;
    }
    Fields loss = fields.object("lose");
    Rule.Loss read = new Rule.Loss(loss.percent("percent", 100));
    loss.refuseOthers();
    return read;
  }
}
