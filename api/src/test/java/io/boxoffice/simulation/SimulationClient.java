package io.boxoffice.simulation;

import static io.boxoffice.testing.TestApplication.operator;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/** Sends an operator's requests to the simulation, for tests. */
public record SimulationClient(TestApplication application) {
  /** The path of the simulation. */
  public static final String PATH = "/v1/simulation";

  /** Matches purchases only, as a part of a rule. */
  public static final String PURCHASES =
      "\"match\": {\"methods\": [\"POST\"], \"path\": \"/v1/concerts/{concertId}/purchases\"}";

  /** Returns the client of the API. */
  public ApiClient api() {
    return application.client();
  }

  /** Reads the setting. */
  public Answer get() {
    return api().get(PATH, operator());
  }

  /** Replaces the setting. */
  public Answer put(String setting, String... headers) {
    return api().send("PUT", PATH, setting, all(headers));
  }

  /** Activates a profile with only this rule, for purchases. */
  public void follow(String rule) {
    follow("", rule);
  }

  /** Activates a profile with only this rule, with other fields of the setting before it. */
  public void follow(String fields, String rule) {
    Answer answer =
        put(
            """
            {%s "activeProfile": "test",
             "profiles": {"test": [{"id": "rule", %s, %s}]}}
            """
                .formatted(fields, PURCHASES, rule));
    if (answer.status() != 200) {
      throw new AssertionError(answer.raw().body());
    }
  }

  /** Creates a concert with 1000 tickets and returns its id. */
  public String concert() {
    return api().createConcert(1000, operator()).path("id").asText();
  }

  /** Returns how many tickets of such a concert are sold. */
  public int sold(String concertId) {
    return 1000
        - api().get("/v1/concerts/" + concertId).body().at("/ticketTypes/0/available").asInt();
  }

  /** Reads the metrics. */
  public String metrics() {
    return application.adminClient().get("/metrics").raw().body();
  }

  /** Waits until the metrics contain a sample. */
  public void awaitMetric(String sample) {
    try {
      Eventually.within(Duration.ofSeconds(5), () -> metrics().contains(sample));
    } catch (AssertionError missing) {
      throw new AssertionError(
          sample
              + " is missing in\n"
              + metrics().replaceAll("(?m)^(#|jvm|process|http_request_dur).*\n", ""),
          missing);
    }
  }

  /** Adds headers to those of the operator. */
  public static String[] all(String... headers) {
    return Stream.concat(Arrays.stream(operator()), Arrays.stream(headers)).toArray(String[]::new);
  }
}
