package io.boxoffice.grafana.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.stress.plot.data.Durations;
import io.boxoffice.stress.plot.data.Values;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Asks a Prometheus by its HTTP interface. */
public final class Prometheus {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration DEFAULT_SCRAPE = Duration.ofSeconds(15);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final URI address;

  /** Values with their labels: one for each instant of a range, or a single one. */
  public record Result(Map<String, String> labels, Values values) {}

  /** The instants of a range, in seconds since 1970. */
  public record Range(double from, double to, double step) {
    /** All of them. */
    public Values times() {
      int count = (int) Math.floor((to - from) / step + 1e-6) + 1;
      double[] times = new double[count];
      for (int index = 0; index < count; index++) {
        times[index] = from + index * step;
      }
      return Values.of(times);
    }
  }

  /** The one at an address, such as http://localhost:9090. */
  public Prometheus(URI address) {
    this.address = address;
  }

  /**
   * The value of an expression at an instant.
   *
   * @throws PreviewException with Prometheus's own words when it refuses
   */
  public List<Result> instant(String expression, double at) {
    JsonNode data = get("query", Map.of("query", expression, "time", Double.toString(at)));
    List<Result> results = new ArrayList<>();
    if (data.get("resultType").asText().equals("scalar")) {
      results.add(new Result(Map.of(), Values.of(number(data.get("result").get(1)))));
      return results;
    }
    for (JsonNode one : data.get("result")) {
      results.add(new Result(labels(one), Values.of(number(one.get("value").get(1)))));
    }
    return results;
  }

  /** The values of an expression over a range; NaN where there is none. */
  public List<Result> range(String expression, Range range) {
    JsonNode data =
        get(
            "query_range",
            Map.of(
                "query", expression,
                "start", Double.toString(range.from()),
                "end", Double.toString(range.to()),
                "step", Double.toString(range.step())));
    int count = range.times().size();
    List<Result> results = new ArrayList<>();
    for (JsonNode one : data.get("result")) {
      double[] values = new double[count];
      Arrays.fill(values, Double.NaN);
      for (JsonNode sample : one.get("values")) {
        int index = (int) Math.round((sample.get(0).asDouble() - range.from()) / range.step());
        if (index >= 0 && index < count) {
          values[index] = number(sample.get(1));
        }
      }
      results.add(new Result(labels(one), Values.of(values)));
    }
    return results;
  }

  /** The values of a label on the series that a selector finds. */
  public List<String> labelValues(String label, String selector) {
    List<String> values = new ArrayList<>();
    get("label/" + label + "/values", Map.of("match[]", selector))
        .forEach(value -> values.add(value.asText()));
    return values;
  }

  /** The names of all metrics that it has or that its targets say they have. */
  public Set<String> metrics() {
    Set<String> names = new TreeSet<>();
    get("label/__name__/values", Map.of()).forEach(name -> names.add(name.asText()));
    get("metadata", Map.of()).fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The expressions of all its rules, by the rules' names. */
  public Map<String, String> rules() {
    Map<String, String> expressions = new TreeMap<>();
    for (JsonNode group : get("rules", Map.of()).get("groups")) {
      for (JsonNode rule : group.get("rules")) {
        expressions.merge(
            rule.get("name").asText(),
            rule.get("query").asText(),
            (one, other) -> one + "\n" + other);
      }
    }
    return expressions;
  }

  /** How often it scrapes: the longest interval of its targets. */
  public Duration scrapeInterval() {
    Duration longest = Duration.ZERO;
    for (JsonNode target : get("targets", Map.of("state", "active")).get("activeTargets")) {
      Duration interval = Durations.parse(target.path("scrapeInterval").asText("0s"));
      longest = interval.compareTo(longest) > 0 ? interval : longest;
    }
    return longest.isZero() ? DEFAULT_SCRAPE : longest;
  }

  private JsonNode get(String what, Map<String, String> parameters) {
    String query =
        new TreeMap<>(parameters)
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    URI uri = URI.create("%s/api/v1/%s?%s".formatted(address, what, query));
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(uri).timeout(LIMIT).build(),
              HttpResponse.BodyHandlers.ofString());
      JsonNode answer = json.readTree(response.body());
      if (!answer.path("status").asText().equals("success")) {
        throw new PreviewException(answer.path("error").asText("answered " + response.body()));
      }
      return answer.get("data");
    } catch (IOException cause) {
      throw new PreviewException(
          "There is no Prometheus at %s (%s).".formatted(address, cause), cause);
    } catch (InterruptedException cause) {
      throw new PreviewException("interrupted", cause);
    }
  }

  private static Map<String, String> labels(JsonNode result) {
    Map<String, String> labels = new TreeMap<>();
    result
        .get("metric")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  private static double number(JsonNode text) {
    return switch (text.asText()) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text.asText());
    };
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
