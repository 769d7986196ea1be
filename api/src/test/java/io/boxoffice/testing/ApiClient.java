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

/** Speaks to a running service as any client would. */
public final class ApiClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final String baseUrl;

  /** Speaks to the given address, such as {@code http://localhost:8080}. */
  public ApiClient(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  /** The address that it speaks to. */
  public String baseUrl() {
    return baseUrl;
  }

  /**
   * An answer.
   *
   * @param raw with headers
   * @param body parsed; a missing node when it is no JSON
   */
  public record Answer(HttpResponse<String> raw, JsonNode body) {
    /** The HTTP status. */
    public int status() {
      return raw.statusCode();
    }

    /** A member of the body as text. */
    public String text(String member) {
      return body.path(member).asText();
    }

    /** A header, or the empty string. */
    public String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }
  }

  /** GET. */
  public Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  /** POST with a JSON body. */
  public Answer post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  /** Any method; a null body sends none. Headers come as name, value, name, value. */
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

  /** The same without waiting. */
  public CompletableFuture<Answer> sendAsync(
      String method, String path, String body, String... headers) {
    return http.sendAsync(
            request(method, path, body, headers), HttpResponse.BodyHandlers.ofString())
        .thenApply(ApiClient::answer);
  }

  /** Puts a concert with one ticket type on sale. */
  public JsonNode createConcert(int capacity, String... headers) {
    Answer created = post("/v1/concerts", Bodies.concert(capacity), headers);
    if (created.status() != 201) {
      throw new AssertionError("not created: " + created.raw().body());
    }
    return created.body();
  }

  /** Buys from a concert with one ticket type. */
  public Answer buy(String concertId, int quantity, String... headers) {
    return post("/v1/concerts/" + concertId + "/purchases", Bodies.purchase(quantity), headers);
  }

  /** Lets a crowd buy one ticket each, all at once. */
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
