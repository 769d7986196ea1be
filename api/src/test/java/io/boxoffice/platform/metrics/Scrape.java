package io.boxoffice.platform.metrics;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Prometheus's text format 0.0.4, as far as this service uses it. */
final class Scrape {
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final List<String> SUFFIXES = List.of("_bucket", "_sum", "_count");

  private Scrape() {}

  static List<Family.Scraped> parse(String text) {
    Map<String, Family.Scraped> families = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      Matcher type = TYPE.matcher(line);
      if (type.matches()) {
        String name = type.group(1);
        families.put(name, new Family.Scraped(name, type.group(2), new LinkedHashSet<>()));
      } else if (!line.startsWith("#")) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
          throw new AssertionError("no sample: " + line);
        }
        familyOf(sample.group(1), families).series().add(labels(sample.group(2)));
      }
    }
    return List.copyOf(families.values());
  }

  private static Family.Scraped familyOf(String sample, Map<String, Family.Scraped> families) {
    for (String suffix : SUFFIXES) {
      String name = sample.endsWith(suffix) ? sample.replaceFirst(suffix + "$", "") : sample;
      if (families.containsKey(name)) {
        return families.get(name);
      }
    }
    throw new AssertionError("a sample without a type: " + sample);
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (text != null) {
      LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(2)));
    }
    labels.remove("le");
    labels.remove("quantile");
    return labels;
  }
}
