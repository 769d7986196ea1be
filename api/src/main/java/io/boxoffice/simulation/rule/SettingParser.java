package io.boxoffice.simulation.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.platform.error.FieldError;
import io.boxoffice.platform.error.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads a setting from JSON. It returns a valid setting or all errors at once. */
public final class SettingParser {
  /** The most rules in one setting. It bounds the number of label values in the metrics. */
  static final int MOST_RULES = 100;

  private static final int MOST_PROFILES = 50;
  private static final int MOST_STAGES = 20;
  private static final double LARGEST_FACTOR = 100;
  private static final Duration LONGEST_STAGE = Duration.ofHours(24);
  private static final Duration SHORTEST_EXPIRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_EXPIRY = Duration.ofDays(30);
  private static final Pattern READABLE = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,500}");
  private static final String READABLE_EXPECTATION = "must be 1 to 500 readable characters";

  private final Routes routes;
  private final Map<String, Profile> shipped;
  private final boolean allowProfileHeader;

  /**
   * Creates the parser.
   *
   * @param routes the routes that rules can match
   * @param shipped the profiles that every setting contains
   * @param allowProfileHeader the default of this field
   */
  public SettingParser(Routes routes, Map<String, Profile> shipped, boolean allowProfileHeader) {
    this.routes = routes;
    this.shipped = shipped;
    this.allowProfileHeader = allowProfileHeader;
  }

  /**
   * Reads a setting that contains no other fields.
   *
   * @param errors receives every error; the result is valid only when it is empty
   */
  public Setting parse(JsonNode document, List<FieldError> errors) {
    return setting(Fields.of(document, "", errors), errors);
  }

  /**
   * Reads the request of an operator.
   *
   * @param ignored the names of fields that the operator may send and that have no effect
   * @throws ProblemException 422 with all errors
   */
  public SettingRequest parseRequest(JsonNode document, String... ignored) {
    List<FieldError> errors = new ArrayList<>();
    Fields fields = Fields.of(document, "", errors);
    fields.ignore(ignored);
    Duration expiresIn = fields.duration("expiresIn", SHORTEST_EXPIRY, LONGEST_EXPIRY, null);
    String reason = fields.text("reason", READABLE, READABLE_EXPECTATION, null);
    SettingRequest request = new SettingRequest(setting(fields, errors), expiresIn, reason);
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return request;
  }

  private Setting setting(Fields fields, List<FieldError> errors) {
    Limits limits = limits(fields.object("limits"));
    Map<String, Profile> profiles = new LinkedHashMap<>(shipped);
    if (fields.has("profiles")) {
      RuleParser rules = new RuleParser(routes, limits, errors);
      Map<String, Profile> written = profiles(fields.get("profiles"), rules, errors);
      checkIds(written, rules.ids(), errors);
      profiles.putAll(written);
    }
    checkCount(profiles, errors);
    String active = fields.text("activeProfile", Pattern.compile(".*"), "must be a string", "off");
    if (!profiles.containsKey(active)) {
      fields.wrong("activeProfile", Setting.expectation(profiles));
    }
    Setting setting =
        new Setting(
            fields.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE, null),
            limits,
            active,
            fields.flag("allowProfileHeader", allowProfileHeader),
            profiles);
    fields.refuseOthers();
    return setting;
  }

  private static Limits limits(Fields fields) {
    if (fields == null) {
      return Limits.DEFAULT;
    }
    Limits limits =
        new Limits(
            fields
                .wholeNumber(
                    "maxActiveDelays",
                    0,
                    Limits.MOST_ACTIVE_DELAYS,
                    (long) Limits.DEFAULT.maxActiveDelays())
                .intValue(),
            fields.duration(
                "maxDelay", Duration.ofMillis(1), Limits.LONGEST_DELAY, Limits.DEFAULT.maxDelay()));
    fields.refuseOthers();
    return limits;
  }

  /** Reads profiles. Each is a list of rules or an object that contains one. */
  static Map<String, Profile> profiles(
      JsonNode document, RuleParser rules, List<FieldError> errors) {
    Map<String, Profile> profiles = new LinkedHashMap<>();
    if (!document.isObject()) {
      errors.add(new FieldError("profiles", "must be an object"));
    } else if (document.size() > MOST_PROFILES) {
      errors.add(new FieldError("profiles", "must be at most %d".formatted(MOST_PROFILES)));
    } else {
      for (Map.Entry<String, JsonNode> entry : document.properties()) {
        String path = "profiles." + entry.getKey();
        if (!RuleParser.NAME.matcher(entry.getKey()).matches()) {
          errors.add(new FieldError("profiles", "names " + RuleParser.NAME_EXPECTATION));
        }
        profiles.put(entry.getKey(), profile(entry.getValue(), path, rules, errors));
      }
    }
    return profiles;
  }

  private static Profile profile(
      JsonNode node, String path, RuleParser rules, List<FieldError> errors) {
    if (node.isArray()) {
      return new Profile(null, Fields.list(node, path, MOST_RULES, rules::parse, errors), null);
    }
    Fields fields = Fields.of(node, path, errors);
    List<Rule> list = fields.list("rules", MOST_RULES, rules::parse);
    Profile profile =
        new Profile(
            fields.text("description", READABLE, READABLE_EXPECTATION, null),
            list == null ? List.of() : list,
            scenario(fields.object("scenario"), errors));
    fields.refuseOthers();
    return profile;
  }

  private static Scenario scenario(Fields fields, List<FieldError> errors) {
    if (fields == null) {
      return null;
    }
    fields.require("phases");
    List<Scenario.Stage> stages =
        fields.list("phases", MOST_STAGES, element -> stage(element, errors));
    if (stages != null && stages.isEmpty()) {
      fields.wrong("phases", "must have at least one element");
    }
    Scenario scenario = new Scenario(stages, fields.flag("repeat", false));
    for (int i = 1; stages != null && i < stages.size(); i++) {
      if (isUndefinedRamp(stages.get(i - 1), stages.get(i))) {
        errors.add(
            new FieldError(
                fields.pathOf("phases[%d].ramp".formatted(i)),
                "exponential needs factors over 0 on both sides"));
      }
    }
    fields.refuseOthers();
    return scenario;
  }

  private static boolean isUndefinedRamp(Scenario.Stage from, Scenario.Stage to) {
    return to.ramp() == Scenario.Ramp.EXPONENTIAL
        && (changesAtZero(from.delayFactor(), to.delayFactor())
            || changesAtZero(from.denialFactor(), to.denialFactor()));
  }

  private static boolean changesAtZero(double from, double to) {
    return from != to && Math.min(from, to) == 0;
  }

  private static Scenario.Stage stage(Fields.Element element, List<FieldError> errors) {
    Fields fields = Fields.of(element.node(), element.path(), errors);
    fields.require("phase");
    Scenario.Stage stage =
        new Scenario.Stage(
            fields.choice("phase", Scenario.Mood.class, Scenario.Mood.CALM),
            fields.requiredDuration("duration", Duration.ofMillis(1), LONGEST_STAGE),
            fields.choice("ramp", Scenario.Ramp.class, Scenario.Ramp.LINEAR),
            fields.number("delayFactor", 0, LARGEST_FACTOR, 1),
            fields.number("denialFactor", 0, LARGEST_FACTOR, 1));
    fields.refuseOthers();
    return stage;
  }

  private static void checkCount(Map<String, Profile> profiles, List<FieldError> errors) {
    int count = profiles.values().stream().mapToInt(profile -> profile.rules().size()).sum();
    if (count > MOST_RULES) {
      errors.add(
          new FieldError(
              "profiles",
              "must have at most %d rules in all, not %d".formatted(MOST_RULES, count)));
    }
  }

  /**
   * Checks that rule ids are unique. An unchanged copy of a shipped profile does not count, so
   * another profile may use its ids too.
   */
  private void checkIds(
      Map<String, Profile> written, List<RuleParser.IdPlace> places, List<FieldError> errors) {
    Map<String, String> first = new HashMap<>();
    for (RuleParser.IdPlace place : places) {
      boolean copy =
          written.entrySet().stream()
              .filter(profile -> profile.getValue().equals(shipped.get(profile.getKey())))
              .anyMatch(profile -> place.path().matches(pathInside(profile.getKey())));
      String earlier = copy ? null : first.putIfAbsent(place.id(), place.path());
      if (earlier != null) {
        errors.add(new FieldError(place.path(), "must be unique, but " + earlier + " is the same"));
      }
    }
  }

  private static String pathInside(String profile) {
    return Pattern.quote("profiles." + profile) + "[.\\[].*";
  }
}
