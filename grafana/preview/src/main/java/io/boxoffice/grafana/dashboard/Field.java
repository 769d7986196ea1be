package io.boxoffice.grafana.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.stress.plot.data.Levels;
import io.boxoffice.stress.plot.svg.Colour;
import java.util.List;
import java.util.Map;

/** How the values of one field look, with all exceptions applied. */
public record Field(
    String unit,
    Integer decimals,
    Double min,
    Double max,
    String displayName,
    String noValue,
    ColorMode color,
    Thresholds thresholds,
    List<Mapping> mappings,
    List<Panel.PanelLink> links,
    JsonNode custom) {

  /** How its colour is found. */
  public record ColorMode(String mode, String fixedColor) {
    /** What is not known or missing is refused. */
    public ColorMode {
      Known.present("mode", mode);
      Known.oneOf("mode", mode, "thresholds", "palette-classic", "fixed");
      if (fixedColor != null) {
        Colour.of(fixedColor);
      }
    }
  }

  /** The levels at which colours change. */
  public record Thresholds(String mode, List<Step> steps) {
    /** What is not known or missing is refused. */
    public Thresholds {
      Known.present("steps", steps);
      Known.oneOf("mode", mode, "absolute");
    }
  }

  /** From a value on, a colour; the first one has no value. */
  public record Step(Double value, String color) {
    /** What is not known or missing is refused. */
    public Step {
      Colour.of(color);
    }
  }

  /** Words for values: by value, for a range or for no value at all. */
  public record Mapping(String type, JsonNode options) {
    /** What is not known or missing is refused. */
    public Mapping {
      Known.present("options", options);
    }
  }

  /** A word and its colour. */
  public record Word(String text, String color, int index) {
    /** What is not known or missing is refused. */
    public Word {
      Known.present("text", text);
      Colour.of(color);
    }
  }

  /** Its levels, for drawing. */
  public Levels levels() {
    return new Levels(
        thresholds == null
            ? List.of()
            : thresholds.steps().stream()
                .map(
                    step ->
                        new Levels.Level(
                            step.value() == null ? Double.NEGATIVE_INFINITY : step.value(),
                            Colour.of(step.color())))
                .toList());
  }

  /** The word for a value, or null. */
  public Word wordFor(double value) {
    for (Mapping mapping : mappings == null ? List.<Mapping>of() : mappings) {
      JsonNode options = mapping.options();
      switch (mapping.type()) {
        case "value" -> {
          Map<String, Word> words = Dashboards.words(options);
          String key = value == Math.rint(value) ? Long.toString((long) value) : "" + value;
          if (words.containsKey(key)) {
            return words.get(key);
          }
        }
        case "range" -> {
          Word word = Dashboards.word(options.get("result"));
          boolean above = !options.hasNonNull("from") || value >= options.get("from").asDouble();
          boolean below = !options.hasNonNull("to") || value <= options.get("to").asDouble();
          if (above && below) {
            return word;
          }
        }
        default ->
            throw new DashboardException(
                "There is no mapping '%s' here.".formatted(mapping.type()));
      }
    }
    return null;
  }

  /** A value in words, or as a number with its unit. */
  public String format(double value) {
    Word word = wordFor(value);
    if (word != null) {
      return word.text();
    }
    return Double.isNaN(value)
        ? noValue == null ? "–" : noValue
        : Units.format(unit, decimals, value);
  }
}
