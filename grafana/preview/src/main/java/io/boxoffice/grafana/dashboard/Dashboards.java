package io.boxoffice.grafana.dashboard;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads dashboards strictly. */
public final class Dashboards {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private Dashboards() {}

  /** Every dashboard of a folder, by the names of their files. */
  public static List<Dashboard> readAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sorted = files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      return sorted.stream().map(Dashboards::read).toList();
    }
  }

  /**
   * Reads one.
   *
   * @throws DashboardException when there is anything in it that the project does not know
   */
  public static Dashboard read(Path file) {
    try {
      Dashboard dashboard = JSON.readValue(Files.readString(file), Dashboard.class);
      for (Panel panel : dashboard.drawn()) {
        check(panel);
      }
      return dashboard;
    } catch (UnrecognizedPropertyException unknown) {
      throw new DashboardException(
          "%s: there is no key '%s' here, at %s."
              .formatted(file.getFileName(), unknown.getPropertyName(), unknown.getPathReference()),
          unknown);
    } catch (JsonProcessingException broken) {
      throw new DashboardException(
          "%s, line %d: %s"
              .formatted(file.getFileName(), broken.getLocation().getLineNr(), reason(broken)),
          broken);
    } catch (IOException cause) {
      throw new DashboardException("Cannot read %s: %s".formatted(file, cause.getMessage()), cause);
    } catch (DashboardException wrong) {
      throw new DashboardException(
          "%s: %s".formatted(file.getFileName(), wrong.getMessage()), wrong);
    }
  }

  /** A panel's options in their own shape. */
  public static <T extends Record> T options(Panel panel, Class<T> shape) {
    return shape.cast(convert(panel, panel.options(), panel.kind().options()));
  }

  /** The custom part of a field's settings in its own shape. */
  public static <T extends Record> T custom(Panel panel, Field field, Class<T> shape) {
    JsonNode custom = field.custom() == null ? JSON.createObjectNode() : field.custom();
    return shape.cast(convert(panel, custom, panel.kind().custom()));
  }

  /** The settings of a panel's field of a name, from a query. */
  public static Field field(Panel panel, String name, String refId) {
    ObjectNode settings = panel.fieldConfig().defaults().deepCopy();
    for (Panel.Special override : panel.fieldConfig().overrides()) {
      if (matches(override.matcher(), name, refId)) {
        for (Panel.Property property : override.properties()) {
          apply(settings, property);
        }
      }
    }
    return (Field) convert(panel, settings, Field.class);
  }

  static Map<String, Field.Word> words(JsonNode options) {
    return JSON.convertValue(options, new TypeReference<>() {});
  }

  static Field.Word word(JsonNode result) {
    return JSON.convertValue(result, Field.Word.class);
  }

  /** Reads every part that has a shape of its own, so that reading a file finds all mistakes. */
  private static void check(Panel panel) {
    if (panel.fieldConfig() == null || panel.options() == null) {
      throw new DashboardException(
          "Panel '%s' lacks its fieldConfig or its options.".formatted(panel.title()));
    }
    options(panel, Record.class);
    Field plain = field(panel, "", "");
    check(panel, plain);
    for (Panel.Special override : panel.fieldConfig().overrides()) {
      ObjectNode settings = panel.fieldConfig().defaults().deepCopy();
      override.properties().forEach(property -> apply(settings, property));
      matches(override.matcher(), "", "");
      check(panel, (Field) convert(panel, settings, Field.class));
    }
  }

  private static void check(Panel panel, Field field) {
    custom(panel, field, Record.class);
    try {
      Units.require(field.unit());
      field.levels();
      field.wordFor(Double.NaN);
    } catch (DashboardException | IllegalArgumentException wrong) {
      throw new DashboardException(
          "Panel '%s': %s".formatted(panel.title(), wrong.getMessage()), wrong);
    }
  }

  private static boolean matches(Panel.Matcher matcher, String name, String refId) {
    return switch (matcher.id()) {
      case "byName" -> matcher.options().equals(name);
      case "byFrameRefID" -> matcher.options().equals(refId);
      case "byRegexp" ->
          Pattern.compile(matcher.options().replaceAll("^/|/$", "")).matcher(name).find();
      default ->
          throw new DashboardException("There is no matcher '%s' here.".formatted(matcher.id()));
    };
  }

  private static void apply(ObjectNode settings, Panel.Property property) {
    String[] path = property.id().split("\\.", -1);
    ObjectNode at = settings;
    for (int index = 0; index < path.length - 1; index++) {
      at = at.withObjectProperty(path[index]);
    }
    at.set(path[path.length - 1], property.value());
  }

  /** What the parts themselves say, without Jackson's words around it. */
  private static String reason(JsonProcessingException broken) {
    return broken
        .getOriginalMessage()
        .replaceFirst("^Cannot construct instance of .*, problem: ", "");
  }

  private static Record convert(Panel panel, JsonNode value, Class<? extends Record> shape) {
    try {
      return JSON.treeToValue(value, shape);
    } catch (UnrecognizedPropertyException unknown) {
      throw new DashboardException(
          "Panel '%s': there is no key '%s' here."
              .formatted(panel.title(), unknown.getPropertyName()),
          unknown);
    } catch (JsonProcessingException broken) {
      throw new DashboardException(
          "Panel '%s': %s".formatted(panel.title(), reason(broken)), broken);
    }
  }
}
