package io.boxoffice.stress.compare.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls a process of the run besides the load: for its preparation and its audit. */
public final class JsonCalls {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int PAGE = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String url;
  private final String token;

  /**
   * Calls a process.
   *
   * @param token the bearer token of each call; empty for none
   */
  public JsonCalls(String url, String token) {
    this.url = url;
    this.token = token;
  }

  /** Begins a request. */
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(LIMIT);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /** Begins a request with a JSON document. */
  public HttpRequest.Builder request(String method, String path, String document) {
    return request(path)
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(document));
  }

  /**
   * Reads a document.
   *
   * @throws BenchException for a status other than 200
   */
  public JsonNode get(String path) {
    return expect(request(path).GET(), 200);
  }

  /** Reads a document; a missing node for another status, or without an answer. */
  public JsonNode peek(String path) {
    try {
      HttpResponse<String> response = send(request(path).GET().build());
      return response.statusCode() == 200 ? JSON.readTree(response.body()) : JSON.missingNode();
    } catch (IOException away) {
      return JSON.missingNode();
    }
  }

  /**
   * Sends a document, and gives the answer.
   *
   * @throws BenchException for another status than the expected one
   */
  public JsonNode send(String method, String path, String document, int expected) {
    return expect(request(method, path, document), expected);
  }

  /** Reads all items of a list, page by page. */
  public List<JsonNode> pages(String path) {
    List<JsonNode> items = new ArrayList<>();
    String after = "";
    while (after != null) {
      JsonNode page = get("%s?limit=%d%s".formatted(path, PAGE, after));
      page.path("items").forEach(items::add);
      after = page.hasNonNull("next") ? "&after=" + page.path("next").asText() : null;
    }
    return items;
  }

  private JsonNode expect(HttpRequest.Builder builder, int expected) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<String> response = send(request);
      if (response.statusCode() != expected) {
        throw new BenchException(
            "%s %s got %d and not %d: %s"
                .formatted(
                    request.method(),
                    request.uri().getPath(),
                    response.statusCode(),
                    expected,
                    response.body()));
      }
      return response.body().isEmpty() ? JSON.missingNode() : JSON.readTree(response.body());
    } catch (IOException cause) {
      throw new BenchException(
          "%s %s got no answer: %s"
              .formatted(request.method(), request.uri().getPath(), cause.getMessage()),
          cause);
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", cause);
    }
  }
}
