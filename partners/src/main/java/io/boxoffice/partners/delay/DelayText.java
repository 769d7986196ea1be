package io.boxoffice.partners.delay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.error.FieldError;
import io.boxoffice.simulation.rule.Distribution;
import io.boxoffice.simulation.rule.Routes;
import io.boxoffice.simulation.rule.Setting;
import io.boxoffice.simulation.rule.SettingParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads the setting of a delay: a duration, or one of the simulation's distributions as JSON. The
 * simulation's own parser reads it, inside a setting with one rule.
 */
public final class DelayText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROFILE = "partner";
  private static final String LONGEST = "5m";

  private DelayText() {}

  /**
   * Reads a delay.
   *
   * @param name the environment variable, for the message
   * @param text such as {@code 2s} or {@code {"type": "lognormal", "median": "2s", "sigma": 0.5}}
   * @throws StartupException for any other text
   */
  public static Distribution parse(String name, String text) {
    List<FieldError> errors = new ArrayList<>();
    Setting setting =
        new SettingParser(Routes.of(List.of()), Map.of(), false)
            .parse(settingOf(distribution(name, text)), errors);
    if (!errors.isEmpty()) {
      throw wrong(
          name,
          text,
          errors.stream()
              .map(error -> lastOf(error.field()) + " " + error.message())
              .collect(Collectors.joining(", ")));
    }
    return setting.active().rules().get(0).delay().distribution();
  }

  private static JsonNode distribution(String name, String text) {
    if (!text.strip().startsWith("{")) {
      return JsonNodeFactory.instance.objectNode().put("type", "fixed").put("value", text.strip());
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException noJson) {
      throw wrong(name, text, "it is not JSON");
    }
  }

  private static JsonNode settingOf(JsonNode distribution) {
    ObjectNode setting = JsonNodeFactory.instance.objectNode();
    setting.putObject("limits").put("maxDelay", LONGEST);
    setting.put("activeProfile", PROFILE);
    ObjectNode rule = setting.putObject("profiles").putArray(PROFILE).addObject();
    rule.put("id", PROFILE).putObject("delay").set("distribution", distribution);
    return setting;
  }

  private static String lastOf(String field) {
    return field.substring(field.lastIndexOf('.') + 1);
  }

  private static StartupException wrong(String name, String text, String reason) {
    return new StartupException(
        "%s is '%s': %s. Write a duration such as 2s, or a distribution as docs/simulation.md shows."
            .formatted(name, text, reason));
  }
}
