package io.boxoffice.stress.crowd.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.stress.crowd.exit.ExitCode;
import io.boxoffice.stress.crowd.exit.StressException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls a JSON API with a token, page by page where it must; each failure is a sentence. */
final class JsonHttp {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  // Longer than the longest delay of the simulation, which can delay the whole API.
  private static final Duration CALL_LIMIT = Duration.ofSeconds(40);
  private static final int PAGE = 100;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_LIMIT)
          .build();
  private final ObjectMapper json = new ObjectMapper();
  private final String name;
  private final String baseUrl;
  private final String token;

  /**
   * Speaks to a service.
   *
   * @param name what messages call it
   * @param token sent with each call, or empty
   */
  JsonHttp(String name, String baseUrl, String token) {
    this.name = name;
    this.baseUrl = baseUrl;
    this.token = token;
  }

  /** Begins a request. */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(CALL_LIMIT);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /** Adds a document to a request. */
  static HttpRequest.Builder body(HttpRequest.Builder request, String method, Object document) {
    return request
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(document.toString()));
  }

  /** Reads the items of a list, from page to page. */
  List<JsonNode> pages(String path, int most) {
    List<JsonNode> items = new ArrayList<>();
    String after = "";
    while (items.size() < most) {
      JsonNode page =
          expect(200, call(request("%s&limit=%d%s".formatted(path, PAGE, after)).GET()));
      page.path("items").forEach(items::add);
      if (page.path("next").isNull() || page.path("next").isMissingNode()) {
        break;
      }
      after = "&after=" + page.path("next").asText();
    }
    return items;
  }

  /**
   * Sends a request.
   *
   * @throws StressException without an answer
   */
  HttpResponse<String> call(HttpRequest.Builder request) {
    HttpRequest built = request.build();
    try {
      return send(built);
    } catch (IOException cause) {
      throw new StressException(
          ExitCode.NO_SHOP,
          "The %s did not answer %s %s (%s)."
              .formatted(name, built.method(), built.uri().getPath(), reason(cause)),
          cause);
    }
  }

  /** Sends a request whose failure means something to the caller. */
  HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new StressException(ExitCode.NO_SHOP, "The run was interrupted.", cause);
    }
  }

  /**
   * Reads the document of an answer.
   *
   * @throws StressException for another status
   */
  JsonNode expect(int status, HttpResponse<String> response) {
    if (response.statusCode() != status) {
      throw new StressException(
          ExitCode.NO_SHOP,
          "The %s answers %d to %s %s: %s"
              .formatted(
                  name,
                  response.statusCode(),
                  response.request().method(),
                  response.request().uri().getPath(),
                  response.body()));
    }
    return parsed(response);
  }

  /** Reads the document of an answer; a missing node for no JSON. */
  JsonNode parsed(HttpResponse<String> response) {
    try {
      return json.readTree(response.body());
    } catch (IOException noJson) {
      return json.missingNode();
    }
  }

  /** The reason of a failure, in a few words. */
  static String reason(IOException cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
