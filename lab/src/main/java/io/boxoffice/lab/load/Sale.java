package io.boxoffice.lab.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.lab.topology.Topology;
import io.boxoffice.lab.topology.Waiting;
import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A concert that a trial sells.
 *
 * @param concert its id
 * @param large the ticket type that is never sold out
 * @param scarce the ticket type that is sold out during the trial
 */
public record Sale(String concert, Stock large, Stock scarce) {
  private static final int LARGE = 1_000_000;
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 30;

  /** A ticket type. */
  public record Stock(String id, int capacity) {}

  /**
   * Creates one.
   *
   * @param scarce how many tickets the scarce type has, 1 to 1,000,000
   * @throws BenchException when the shop does not create it
   */
  public static Sale create(Topology topology, int scarce) {
    return create(topology.entrances().get(0), topology.operatorToken(), scarce);
  }

  /**
   * Creates one at an entrance.
   *
   * @param scarce how many tickets the scarce type has, 1 to 1,000,000
   * @throws BenchException when the shop does not create it
   */
  public static Sale create(URI entrance, String operatorToken, int scarce) {
    String body =
        """
        {"title": "Lab", "artist": "The Load", "venue": "Namespace", "startsAt": "%s", "ticketTypes": [
          {"name": "Large", "price": {"amount": 4500, "currency": "EUR"}, "capacity": %d},
          {"name": "Scarce", "price": {"amount": 9000, "currency": "EUR"}, "capacity": %d}]}
        """
            .formatted(
                Instant.now().plus(365, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS),
                LARGE,
                scarce);
    HttpRequest request =
        HttpRequest.newBuilder(entrance.resolve("/v1/concerts"))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + operatorToken)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    JsonNode concert = send(request);
    JsonNode types = concert.path("ticketTypes");
    return new Sale(
        concert.path("id").asText(),
        new Stock(types.path(0).path("id").asText(), LARGE),
        new Stock(types.path(1).path("id").asText(), scarce));
  }

  private static JsonNode send(HttpRequest request) {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    String last = "";
    // Right after its start, the proxy has not checked the replicas yet.
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 201) {
          return new ObjectMapper().readTree(answer.body());
        }
        last = answer.statusCode() + " " + answer.body();
      } catch (IOException failure) {
        last = failure.toString();
      } catch (InterruptedException cause) {
        Thread.currentThread().interrupt();
        throw new BenchException("interrupted", cause);
      }
      Waiting.pause(Duration.ofSeconds(1));
    }
    throw new BenchException("The shop does not create a concert: " + last);
  }
}
