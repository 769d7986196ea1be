package io.boxoffice.simulation.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.platform.error.FieldError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads one JSON object strictly and reports all its errors at once. It records each wrong field
 * with its path and continues. A field that cannot be read returns the fallback, so the result is
 * valid only when there are no errors.
 */
final class Fields {
  private static final Duration NONE = Duration.ZERO;

  private final JsonNode object;
  private final String path;
  private final List<FieldError> errors;
  private final Set<String> known = new TreeSet<>();

  private Fields(JsonNode object, String path, List<FieldError> errors) {
    this.object = object;
    this.path = path;
    this.errors = errors;
  }

  /** Reads an object. Any other value is recorded as an error and read as an empty object. */
  static Fields of(JsonNode node, String path, List<FieldError> errors) {
    if (!node.isObject()) {
      errors.add(new FieldError(path.isEmpty() ? "body" : path, "must be an object"));
    }
    return new Fields(node, path, errors);
  }

  String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  void wrong(String name, String message) {
    errors.add(new FieldError(pathOf(name), message));
  }

  boolean has(String name) {
    known.add(name);
    return object.hasNonNull(name);
  }

  JsonNode get(String name) {
    known.add(name);
    return object.path(name);
  }

  /** Accepts fields without reading them. */
  void ignore(String... names) {
    known.addAll(Arrays.asList(names));
  }

  /** Records every unknown field as an error: one that no other call named. Call it last. */
  void refuseOthers() {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!known.contains(field.getKey())) {
        wrong(field.getKey(), "is not known here; known are " + String.join(", ", known));
      }
    }
  }

  String text(String name, Pattern form, String expectation, String fallback) {
    if (!has(name)) {
      return fallback;
    }
    JsonNode value = get(name);
    if (!value.isTextual() || !form.matcher(value.textValue()).matches()) {
      wrong(name, expectation);
      return fallback;
    }
    return value.textValue();
  }

  boolean flag(String name, boolean fallback) {
    if (!has(name)) {
      return fallback;
    }
    if (!get(name).isBoolean()) {
      wrong(name, "must be true or false");
    }
    return get(name).booleanValue();
  }

  Long wholeNumber(String name, long min, long max, Long fallback) {
    if (!has(name)) {
      return fallback;
    }
    JsonNode value = get(name);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < min
        || value.longValue() > max) {
      wrong(name, "must be a whole number from %d to %d".formatted(min, max));
      return fallback;
    }
    return value.longValue();
  }

  /** Reads a number within bounds. NaN is never within bounds. */
  double number(String name, double min, double max, double fallback) {
    if (!has(name)) {
      return fallback;
    }
    JsonNode value = get(name);
    if (!value.isNumber() || !(value.doubleValue() >= min && value.doubleValue() <= max)) {
      wrong(name, "must be a number from %s to %s".formatted(plain(min), plain(max)));
      return fallback;
    }
    return value.doubleValue();
  }

  /** Reads a number that is required. */
  double requiredNumber(String name, double min, double max) {
    require(name);
    return number(name, min, max, min);
  }

  double percent(String name, double fallback) {
    return number(name, 0, 100, fallback);
  }

  Duration duration(String name, Duration min, Duration max, Duration fallback) {
    if (!has(name)) {
      return fallback;
    }
    JsonNode value = get(name);
    Duration duration =
        value.isTextual() ? DurationText.parse(value.textValue()).orElse(null) : null;
    if (duration == null) {
      wrong(name, DurationText.EXPECTATION);
      return fallback;
    }
    if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      wrong(name, "must be from %s to %s".formatted(DurationText.of(min), DurationText.of(max)));
      return fallback;
    }
    return duration;
  }

  /** Reads a duration that is required. */
  Duration requiredDuration(String name, Duration min, Duration max) {
    require(name);
    return duration(name, min, max, NONE);
  }

  <E extends Enum<E> & Word> E choice(String name, Class<E> type, E fallback) {
    if (!has(name)) {
      return fallback;
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.word().equals(get(name).textValue())) {
        return constant;
      }
    }
    List<String> words = Arrays.stream(type.getEnumConstants()).map(Word::word).toList();
    wrong(name, "must be one of " + String.join(", ", words));
    return fallback;
  }

  /** Returns the object under a name, or null when there is none. */
  Fields object(String name) {
    return has(name) ? of(get(name), pathOf(name), errors) : null;
  }

  /** Reads an array's elements. Returns null when there is no array. */
  <T> List<T> list(String name, int most, Function<Element, T> read) {
    return has(name) ? list(get(name), pathOf(name), most, read, errors) : null;
  }

  /** An element of an array with its path. */
  record Element(JsonNode node, String path) {}

  static <T> List<T> list(
      JsonNode array, String path, int most, Function<Element, T> read, List<FieldError> errors) {
    if (!array.isArray()) {
      errors.add(new FieldError(path, "must be an array"));
      return List.of();
    }
    if (array.size() > most) {
      errors.add(
          new FieldError(
              path, "must have at most %d elements, not %d".formatted(most, array.size())));
      return List.of();
    }
    List<T> elements = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      elements.add(read.apply(new Element(array.get(i), "%s[%d]".formatted(path, i))));
    }
    return List.copyOf(elements);
  }

  void require(String name) {
    if (!has(name) && object.isObject()) {
      wrong(name, "must be given");
    }
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? Long.toString(Math.round(bound)) : Double.toString(bound);
  }
}
