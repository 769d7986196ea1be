package io.boxoffice.grafana.dashboard;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has to be known of PromQL without a Prometheus: variables, and the metrics it names. */
public final class Expressions {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::\\w+)?}|\\$(\\w+)");
  private static final Pattern TEXT =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'");
  // Label matchers, ranges, and the label lists of operators hold no metric's name.
  private static final Pattern LABELS =
      Pattern.compile(
          "\\{[^}]*}|\\[[^]]*]"
              + "|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w:.])([a-zA-Z_:][\\w:]*)(?!\\s*\\(|[\\w:])");
  private static final Set<String> WORDS =
      Set.of(
          "and",
          "or",
          "unless",
          "bool",
          "offset",
          "by",
          "without",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "inf",
          "nan",
          "atan2");

  private Expressions() {}

  /**
   * Puts values in the places of variables.
   *
   * @throws DashboardException when one has no value
   */
  public static String fill(String expression, Map<String, String> variables) {
    return VARIABLE
        .matcher(expression)
        .replaceAll(found -> Matcher.quoteReplacement(valueOf(found, variables)));
  }

  /** The metrics that an expression names; variables must be filled in. */
  public static Set<String> metrics(String expression) {
    Set<String> names = new TreeSet<>();
    // Texts first, because a brace inside of one is no brace.
    String withoutTexts = TEXT.matcher(expression).replaceAll(" ");
    Matcher found = NAME.matcher(LABELS.matcher(withoutTexts).replaceAll(" "));
    while (found.find()) {
      if (!WORDS.contains(found.group(1).toLowerCase(Locale.ROOT))) {
        names.add(found.group(1));
      }
    }
    return names;
  }

  private static String valueOf(MatchResult found, Map<String, String> variables) {
    String name = found.group(1) == null ? found.group(2) : found.group(1);
    String value = variables.get(name);
    if (value == null) {
      throw new DashboardException("There is no variable $%s here.".formatted(name));
    }
    return value;
  }
}
