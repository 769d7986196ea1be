package io.boxoffice.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Sends HTTP requests to a running service, for tests. */
public final class ApiClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final String baseUrl;

  /** Creates a client for the given address, such as {@code http://localhost:8080}. */
  public ApiClient(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  /** Returns the address of the service. */
  public String baseUrl() {
    return baseUrl;
  }

  /**
   * A response.
   *
   * @param raw the response with its headers
   * @param body the parsed body; a missing node when it is not JSON
   */
  public record Answer(HttpResponse<String> raw, JsonNode body) {
    /** Returns the HTTP status. */
    public int status() {
      return raw.statusCode();
    }

    /** Returns a member of the body as text. */
    public String text(String member) {
      return body.path(member).asText();
    }

    /** Returns a header, or the empty string when it is missing. */
    public String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }
  }

  /** Sends a GET request. */
  public Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  /** Sends a POST request with a JSON body. */
  public Answer post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  /** Sends a request; a null body sends none. The headers are name, value, name, value. */
  public Answer send(String method, String path, String body, String... headers) {
    try {
      return answer(
          http.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    } catch (InterruptedException cause) {
      throw new IllegalStateException(cause);
    }
  }

  /** Sends a request and does not wait for the response. */
  public CompletableFuture<Answer> sendAsync(
      String method, String path, String body, String... headers) {
    return http.sendAsync(
            request(method, path, body, headers), HttpResponse.BodyHandlers.ofString())
        .thenApply(ApiClient::answer);
  }

  /** Creates a concert with one ticket type. */
  public JsonNode createConcert(int capacity, String... headers) {
    Answer created = post("/v1/concerts", Bodies.concert(capacity), headers);
    if (created.status() != 201) {
      throw new AssertionError("not created: " + created.raw().body());
    }
    return created.body();
  }

  /** Buys tickets for a concert with one ticket type. */
  public Answer buy(String concertId, int quantity, String... headers) {
    return post("/v1/concerts/" + concertId + "/purchases", Bodies.purchase(quantity), headers);
  }

  /** Sends many purchases of one ticket at the same time and waits for all responses. */
  public List<Answer> rush(String concertId, int buyers) {
    List<CompletableFuture<Answer>> answers =
        IntStream.range(0, buyers)
            .mapToObj(
                buyer ->
                    sendAsync(
                        "POST", "/v1/concerts/" + concertId + "/purchases", Bodies.purchase(1)))
            .toList();
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private HttpRequest request(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .timeout(LIMIT)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  private static Answer answer(HttpResponse<String> response) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    try {
      return new Answer(
          response, type.contains("json") ? JSON.readTree(response.body()) : JSON.missingNode());
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
