package io.boxoffice.platform.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the tables of docs/metrics.md. The labels of a section belong to the families of the same
 * section.
 */
final class MetricsDocument {
  private static final Pattern FAMILY =
      Pattern.compile(
          "\\| `([a-z_]+)` \\| (counter|gauge|histogram|summary) \\| ([^|]*)\\| (?:(0) to )?(\\d+) \\| [^|]*\\| [^|]+\\|");
  private static final Pattern LABEL = Pattern.compile("\\| `([a-z]+)` \\| ([^|]+) \\|");
  private static final Pattern FORM =
      Pattern.compile("matches `([^`]+)`(?: or is `([^`]+)`)?(?:: .+)?");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final String FAMILIES_HEADER = "| family | type |";
  private static final String LABELS_HEADER = "| label | values |";

  private MetricsDocument() {}

  static List<Family.Promised> read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  static List<Family.Promised> parse(String text) {
    return Stream.of(text.split("(?m)^## ")).flatMap(section -> section(section).stream()).toList();
  }

  private static List<Family.Promised> section(String text) {
    Map<String, Predicate<String>> labels = new LinkedHashMap<>();
    for (String row : rows(text, LABELS_HEADER)) {
      Matcher label = match(LABEL, row);
      labels.put(label.group(1), values(label.group(2)));
    }
    List<Family.Promised> families = new ArrayList<>();
    for (String row : rows(text, FAMILIES_HEADER)) {
      Matcher family = match(FAMILY, row);
      int most = Integer.parseInt(family.group(5));
      families.add(
          new Family.Promised(
              family.group(1),
              family.group(2),
              ofFamily(family, labels),
              family.group(4) == null ? 1 : 0,
              most));
    }
    return families;
  }

  private static Map<String, Predicate<String>> ofFamily(
      Matcher family, Map<String, Predicate<String>> labels) {
    Map<String, Predicate<String>> labelsOfFamily = new LinkedHashMap<>();
    for (String label : quoted(family.group(3))) {
      if (!labels.containsKey(label)) {
        throw new AssertionError(
            "The document does not say what `%s` of %s may be".formatted(label, family.group(1)));
      }
      labelsOfFamily.put(label, labels.get(label));
    }
    return labelsOfFamily;
  }

  private static Predicate<String> values(String cell) {
    if (!cell.startsWith("matches")) {
      return quoted(cell)::contains;
    }
    Matcher form = match(FORM, cell);
    Predicate<String> matches = Pattern.compile(form.group(1)).asMatchPredicate();
    return form.group(2) == null ? matches : matches.or(form.group(2)::equals);
  }

  /** The rows under a header, to the end of its table. */
  private static List<String> rows(String text, String header) {
    return text.lines()
        .dropWhile(line -> !line.startsWith(header))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .toList();
  }

  private static List<String> quoted(String cell) {
    return QUOTED.matcher(cell).results().map((MatchResult found) -> found.group(1)).toList();
  }

  private static Matcher match(Pattern form, String row) {
    Matcher matcher = form.matcher(row);
    if (!matcher.matches()) {
      throw new AssertionError("The document has a row of no known form: " + row);
    }
    return matcher;
  }
}
