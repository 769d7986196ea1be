package io.boxoffice.partners.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Calls a partner over HTTP. */
public final class PartnerClient {
  /** The token of the partners in tests. */
  public static final String TOKEN = "test-partner-token";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String baseUrl;

  /** Creates a client for an address such as {@code http://localhost:8090}. */
  public PartnerClient(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  /**
   * A response.
   *
   * @param body the parsed body; a missing node without one
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

  /** Returns the body of a charge of 500 cents. */
  public static String body(String token, UUID reference) {
    return """
        {"amount": 500, "currency": "EUR", "token": "%s", "reference": "%s"}"""
        .formatted(token, reference);
  }

  /** Charges with a key that is also the reference, as the shop does. */
  public Answer charge(String token, UUID order) {
    return join(chargeLater(token, order));
  }

  /** Charges and does not wait for the answer. */
  public CompletableFuture<Answer> chargeLater(String token, UUID order) {
    return send("POST", "/charges", body(token, order), "Idempotency-Key", order.toString());
  }

  /** Refunds with the charge's id as the key. */
  public Answer refund(String chargeId) {
    return join(
        send("POST", "/charges/" + chargeId + "/refunds", null, "Idempotency-Key", chargeId));
  }

  /** Sends a request with a body and a key, and waits for the answer. */
  public Answer call(String method, String path, String body, String key) {
    return join(send(method, path, body, "Idempotency-Key", key));
  }

  /**
   * Returns the value of a metric; the client is one of the admin port.
   *
   * @param name with its labels
   */
  public double metric(String name) {
    return get("/metrics")
        .raw()
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  /** Sends a GET request. */
  public Answer get(String path) {
    return join(send("GET", path, null));
  }

  /** Waits for an answer. */
  public static Answer join(CompletableFuture<Answer> answer) {
    return answer.join();
  }

  /** Sends a request; a null body sends none. The headers are name, value, name, value. */
  public CompletableFuture<Answer> send(
      String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + TOKEN)
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
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(PartnerClient::answer);
  }

  private static Answer answer(HttpResponse<String> response) {
    try {
      String type = response.headers().firstValue("Content-Type").orElse("");
      return new Answer(
          response, type.contains("json") ? JSON.readTree(response.body()) : JSON.missingNode());
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
