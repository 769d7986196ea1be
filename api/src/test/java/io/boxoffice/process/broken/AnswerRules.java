package io.boxoffice.process.broken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Checks the rules that every response must follow, whatever the request. */
final class AnswerRules {
  private static final String PROBLEM = "application/problem+json";

  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Integer> statusOfCode = new HashMap<>();

  /**
   * Reads the problem codes that the server documents.
   *
   * @param problems the response of {@code /problems}
   */
  AnswerRules(JsonNode problems) {
    problems.forEach(
        problem -> statusOfCode.put(problem.path("code").asText(), problem.path("status").asInt()));
  }

  /** Returns the rule that a response breaks, or null. */
  String breach(Answer answer) {
    if (answer.status() >= 500) {
      return "status " + answer.status();
    }
    String body = answer.body();
    if (answer.header("Content-Encoding").equals("gzip") && !body.isEmpty()) {
      try (GZIPInputStream gzip =
          new GZIPInputStream(new ByteArrayInputStream(Latin.bytes(body)))) {
        body = Latin.of(gzip.readAllBytes());
      } catch (IOException damaged) {
        return "an answer whose gzip is damaged";
      }
    }
    if (answer.status() >= 400 && !body.isEmpty()) {
      return breachOfProblem(answer, body);
    }
    boolean isJson = answer.header("Content-Type").contains("json") && !body.isEmpty();
    return isJson && parse(body) == null ? "JSON that is none" : null;
  }

  private String breachOfProblem(Answer answer, String body) {
    if (!answer.header("Content-Type").equals(PROBLEM)) {
      return "%d of type %s".formatted(answer.status(), answer.header("Content-Type"));
    }
    JsonNode problem = parse(body);
    if (problem == null) {
      return "a problem that is no JSON";
    }
    String code = problem.path("code").asText();
    boolean agrees =
        problem.path("status").asInt() == answer.status()
            && statusOfCode.getOrDefault(code, 0) == answer.status();
    return agrees ? null : "%d with the code %s".formatted(answer.status(), code);
  }

  private JsonNode parse(String body) {
    try {
      return json.readTree(Latin.bytes(body));
    } catch (IOException malformed) {
      return null;
    }
  }
}
