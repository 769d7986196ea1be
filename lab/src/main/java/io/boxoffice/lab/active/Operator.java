package io.boxoffice.lab.active;

import io.boxoffice.lab.topology.Waiting;
import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls a site as its operator does. What a site refuses for now is repeated. */
final class Operator {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();
  private final String token;

  Operator(String token) {
    this.token = token;
  }

  /** Moves the homes of a lost site to the one that lives. */
  void takeOver(Site living, Site lost) {
    require(
        "Site %s takes site %s over".formatted(living.name(), lost.name()),
        living,
        "/v1/sites/%s/take-over".formatted(lost.name()),
        "{\"reason\": \"fault of the lab\"}");
  }

  /** Lets a site receive the changes of one again that it took over. */
  void rejoin(Site living, Site returned) {
    require(
        "Site %s receives the changes of site %s again".formatted(living.name(), returned.name()),
        living,
        "/v1/sites/%s/rejoin".formatted(returned.name()),
        "");
  }

  /** Moves the home of a concert while both sites live. */
  void move(String concert, Site from, Site to) {
    require(
        "The home of a concert moves to site %s".formatted(to.name()),
        from,
        "/v1/concerts/%s/home".formatted(concert),
        "{\"site\": \"%s\"}".formatted(to.name()));
  }

  private void require(String what, Site at, String path, String body) {
    URI address = at.entrance().resolve(path);
    Waiting.require(what, () -> isDone(address, body), LIMIT);
  }

  private boolean isDone(URI address, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(ANSWER_LIMIT)
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 400 && answer.statusCode() < 500) {
        throw new BenchException(
            "%s answers %d: %s".formatted(address, answer.statusCode(), answer.body()));
      }
      return answer.statusCode() < 300;
    } catch (IOException notNow) {
      return false;
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", cause);
    }
  }
}
