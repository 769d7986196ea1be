package io.boxoffice.stress.bench.delay;

import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service as its operator sees it: concerts, the simulation, metrics and health. */
final class DelayedService {
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final int adminPort;
  private final String token;

  /** At two ports of this machine's loopback; the token may be empty. */
  DelayedService(int port, int adminPort, String token) {
    this.port = port;
    this.adminPort = adminPort;
    this.token = token;
  }

  /** Puts the given number of concerts on sale, and gives their ids. */
  List<String> createConcerts(int count) throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String created =
          send(
              "POST",
              port,
              "/v1/concerts",
              """
              {"title": "Benchmark", "artist": "Load", "venue": "Here",
               "startsAt": "2040-06-01T19:00:00Z",
               "ticketTypes": [{"name": "Standing", "price": {"amount": 1, "currency": "EUR"},
                                "capacity": 1000000}]}
              """);
      Matcher id = ID.matcher(created);
      if (!id.find()) {
        throw new BenchException("The service rejected a concert: " + created);
      }
      ids.add(id.group(1));
    }
    return ids;
  }

  /** Delays every purchase by a fixed time. */
  void delayPurchases(String delay) throws IOException, InterruptedException {
    simulate(
        """
        {"activeProfile": "benchmark", "expiresIn": "10m", "reason": "DelayBenchmark",
         "limits": {"maxActiveDelays": 20000},
         "profiles": {"benchmark": [{
           "id": "benchmark",
           "match": {"methods": ["POST"], "path": "/v1/concerts/{concertId}/purchases"},
           "delay": {"percent": 100, "distribution": {"type": "fixed", "value": "%s"}}}]}}
        """
            .formatted(delay));
  }

  /** Turns the simulation off. */
  void delayNothing() throws IOException, InterruptedException {
    simulate("{}");
  }

  private void simulate(String setting) throws IOException, InterruptedException {
    String answer = send("PUT", port, "/v1/simulation", setting);
    if (!answer.contains("\"version\"")) {
      throw new BenchException("The service rejected the simulation: " + answer);
    }
  }

  /** All metrics, in the format of Prometheus. */
  String metrics() throws IOException, InterruptedException {
    return send("GET", adminPort, "/metrics", "");
  }

  /** Reads the health of the service. */
  void health() throws IOException, InterruptedException {
    send("GET", port, "/health", "");
  }

  /** The value of one sample; 0 without it. */
  static double sample(String metrics, String name) {
    Matcher sample = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(metrics);
    return sample.find() ? Double.parseDouble(sample.group(1)) : 0;
  }

  private String send(String method, int at, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(at, path)))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
  }
}
