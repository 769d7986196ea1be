package io.boxoffice.stress.gates.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.boxoffice.stress.gates.exit.ExitCode;
import io.boxoffice.stress.gates.exit.GatesException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;

/** Calls the shop with a token. Each failure is a sentence for the user of the run. */
public final class JsonApi {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(40);
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int TRIES = 20;
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 10_000;
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_LIMIT)
          .build();
  private final String baseUrl;
  private final String token;

  /**
   * Speaks to a shop.
   *
   * @param baseUrl without a slash at its end
   * @param token the operator's, or empty
   */
  public JsonApi(String baseUrl, String token) {
    this.baseUrl = baseUrl;
    this.token = token;
  }

  /** An empty document. */
  static ObjectNode document() {
    return JSON.createObjectNode();
  }

  /**
   * Checks within a few seconds whether a shop answers and accepts the calls of an operator.
   *
   * @throws GatesException if not
   */
  public void probe() {
    HttpResponse<String> response;
    try {
      response = send(request("/v1/gates?limit=1", token).timeout(PROBE_LIMIT).GET().build());
    } catch (IOException cause) {
      throw new GatesException(
          ExitCode.NO_SHOP,
          "No shop answers at %s (%s). Start one with ./boxoffice, or name another with --base-url."
              .formatted(baseUrl, reason(cause)),
          cause);
    }
    int status = response.statusCode();
    if (status == OK && parsed(response).has("items")) {
      return;
    }
    if (!response.headers().firstValue("Content-Type").orElse("").contains("problem+json")) {
      throw new GatesException(
          ExitCode.NO_SHOP, "%s answers %d, but it is no Box Office.".formatted(baseUrl, status));
    }
    throw new GatesException(
        ExitCode.NO_SHOP,
        status == 401 || status == 403
            ? "The shop answers %d: it needs the operator's token.".formatted(status)
            : "The shop at %s answers %d: it is not ready.".formatted(baseUrl, status));
  }

  /** Reads a document. */
  JsonNode get(String path) {
    return expect(OK, call(request(path, token).GET()));
  }

  /** Creates something. */
  JsonNode create(String path, ObjectNode document) {
    return expect(CREATED, call(body(request(path, token), "POST", document)));
  }

  /** Changes something, with 200 as the answer. */
  JsonNode change(String method, String path, ObjectNode document) {
    return expect(OK, call(body(request(path, token), method, document)));
  }

  /** Sends a command without a document. */
  JsonNode post(String path) {
    return expect(OK, call(request(path, token).POST(BodyPublishers.noBody())));
  }

  /** Deletes something; false when the shop refuses it. */
  boolean delete(String path) {
    return call(request(path, token).DELETE()).statusCode() == NO_CONTENT;
  }

  /**
   * Reads all items of a list.
   *
   * @throws GatesException when there are more than a million
   */
  void pages(String path, Consumer<JsonNode> item) {
    String after = "";
    for (int i = 0; i < MOST_PAGES; i++) {
      JsonNode page = get("%s?limit=%d%s".formatted(path, PAGE, after));
      page.path("items").forEach(item);
      if (!page.hasNonNull("next")) {
        return;
      }
      after = "&after=" + page.path("next").asText();
    }
    throw new GatesException(
        ExitCode.AUDIT_FAILED, "The list %s has more than a million items.".formatted(path));
  }

  /** Begins a request. */
  HttpRequest.Builder request(String path, String bearer) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(CALL_LIMIT);
    return bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer);
  }

  /** Adds a document to a request. */
  static HttpRequest.Builder body(HttpRequest.Builder request, String method, ObjectNode document) {
    return request
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(document.toString()));
  }

  /** Sends a request, up to 20 times while the shop answers that it is busy. */
  private HttpResponse<String> call(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<String> response = send(request);
      for (int i = 1; i < TRIES && isBusy(response.statusCode()); i++) {
        pause();
        response = send(request);
      }
      return response;
    } catch (IOException cause) {
      throw new GatesException(
          ExitCode.NO_SHOP,
          "The shop did not answer %s %s (%s)."
              .formatted(request.method(), request.uri().getPath(), reason(cause)),
          cause);
    }
  }

  /** Whether a request with this status can be sent again later. */
  static boolean isBusy(int status) {
    return status == 429 || status == 503;
  }

  /** Sends a request whose failure means something to the caller. */
  HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException ending) {
      throw interrupted(ending);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException ending) {
      throw interrupted(ending);
    }
  }

  private static GatesException interrupted(InterruptedException ending) {
    Thread.currentThread().interrupt();
    return new GatesException(ExitCode.NO_SHOP, "The run was interrupted.", ending);
  }

  private static JsonNode expect(int status, HttpResponse<String> response) {
    if (response.statusCode() != status) {
      throw unexpected(response);
    }
    return parsed(response);
  }

  /** A sentence about an answer that ends the run. */
  static GatesException unexpected(HttpResponse<String> response) {
    return new GatesException(
        ExitCode.NO_SHOP,
        "The shop answers %d to %s %s: %s"
            .formatted(
                response.statusCode(),
                response.request().method(),
                response.request().uri().getPath(),
                response.body()));
  }

  /** Reads the document of an answer; a missing node for no JSON. */
  static JsonNode parsed(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException noJson) {
      return JSON.missingNode();
    }
  }

  private static String reason(IOException cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
