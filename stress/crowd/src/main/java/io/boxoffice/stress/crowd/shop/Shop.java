package io.boxoffice.stress.crowd.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Optional;

/** The shop's API, for the calls of a run besides its load: preparation and audit. */
public final class Shop {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(3);
  // Longer than the longest delay of the simulation, which can delay the whole API.
  private static final Duration CALL_LIMIT = Duration.ofSeconds(40);
  private static final int PAGE = 100;
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_LIMIT)
          .build();
  private final ObjectMapper json = new ObjectMapper();
  private final String baseUrl;
  private final String token;

  /** The setting of the simulation, and the version that a change must replace. */
  public record Setting(ObjectNode document, String etag) {}

  /**
   * Speaks to the shop at an address.
   *
   * @param token the operator's, or empty
   */
  public Shop(String baseUrl, String token) {
    this.baseUrl = baseUrl;
    this.token = token;
  }

  /**
   * Checks within a few seconds whether a shop answers; its simulation never delays this call.
   *
   * @return whether operator calls are open to this run
   */
  public boolean probe() {
    HttpResponse<String> response;
    try {
      response = send(request("/v1/simulation", PROBE_LIMIT).GET().build());
    } catch (IOException cause) {
      throw new StressException(
          ExitCode.NO_SHOP,
          "No shop answers at %s (%s). Start one with ./boxoffice, or name another with --base-url."
              .formatted(baseUrl, reason(cause)),
          cause);
    }
    int status = response.statusCode();
    boolean problem =
        response.headers().firstValue("Content-Type").orElse("").startsWith("application/problem");
    if (status == OK && parsed(response).has("activeProfile")) {
      return true;
    }
    if ((status == 401 || status == 403) && problem) {
      if (token.isEmpty()) {
        return false;
      }
      throw new StressException(
          ExitCode.NO_SHOP,
          "The shop answers %d to the operator's token. Give the right one, or none."
              .formatted(status));
    }
    throw new StressException(
        ExitCode.NO_SHOP,
        problem
            ? "The shop at %s answers %d: it is not ready.".formatted(baseUrl, status)
            : "%s answers %d, but it is no Box Office.".formatted(baseUrl, status));
  }

  /** Puts a concert on sale; gives its ticket types. */
  public List<Offer> create(ObjectNode concert) {
    JsonNode created = expect(CREATED, call(post("/v1/concerts", concert)));
    return offers(created);
  }

  /** All offers on sale, up to a few pages. */
  public List<Offer> onSale() {
    List<Offer> offers = new ArrayList<>();
    for (JsonNode concert : pages("/v1/concerts?onSale=true", PAGE * 10)) {
      offers.addAll(offers(concert));
    }
    return offers;
  }

  /** The stock of a concert; none when the concert is gone. */
  public List<Stock> stock(String concertId) {
    HttpResponse<String> response = call(request("/v1/concerts/" + concertId, CALL_LIMIT).GET());
    if (response.statusCode() == 404) {
      return List.of();
    }
    List<Stock> stock = new ArrayList<>();
    for (JsonNode type : expect(OK, response).path("ticketTypes")) {
      stock.add(
          new Stock(
              type.path("id").asText(),
              type.path("capacity").asLong(),
              type.path("available").asLong()));
    }
    return stock;
  }

  /** Every purchase of a concert; for operators. */
  public List<Receipt> purchases(String concertId) {
    return pages("/v1/purchases?concertId=" + concertId, Integer.MAX_VALUE).stream()
        .map(Shop::receipt)
        .toList();
  }

  /** One purchase, if it exists. */
  public Optional<Receipt> purchase(String id) {
    HttpResponse<String> response = call(request("/v1/purchases/" + id, CALL_LIMIT).GET());
    return response.statusCode() == 404
        ? Optional.empty()
        : Optional.of(receipt(expect(OK, response)));
  }

  /** Takes a concert off sale: removes it, or ends its sales when some of it was sold. */
  public void close(String concertId, String now) {
    HttpResponse<String> removed = call(request("/v1/concerts/" + concertId, CALL_LIMIT).DELETE());
    if (removed.statusCode() != NO_CONTENT) {
      ObjectNode change = json.createObjectNode().put("salesCloseAt", now);
      expect(OK, call(body(request("/v1/concerts/" + concertId, CALL_LIMIT), "PATCH", change)));
    }
  }

  /** The simulation's setting. */
  public Setting setting() {
    return setting(call(request("/v1/simulation", CALL_LIMIT).GET()));
  }

  /**
   * Changes the simulation's setting.
   *
   * @return the setting that holds now; empty when another client has changed it meanwhile
   */
  public Optional<Setting> change(ObjectNode document, String etag) {
    HttpRequest.Builder request =
        request("/v1/simulation", CALL_LIMIT)
            .header("If-Match", etag)
            .header("From", "boxoffice-stress");
    HttpResponse<String> response = call(body(request, "PUT", document));
    return response.statusCode() == 412 ? Optional.empty() : Optional.of(setting(response));
  }

  /** An empty document. */
  public ObjectNode document() {
    return json.createObjectNode();
  }

  private Setting setting(HttpResponse<String> response) {
    JsonNode document = expect(OK, response);
    return new Setting((ObjectNode) document, response.headers().firstValue("ETag").orElse("*"));
  }

  private static List<Offer> offers(JsonNode concert) {
    List<Offer> offers = new ArrayList<>();
    for (JsonNode type : concert.path("ticketTypes")) {
      if (type.path("available").asLong() > 0) {
        offers.add(
            new Offer(
                concert.path("id").asText(),
                type.path("id").asText(),
                concert.path("maxPerPurchase").asInt()));
      }
    }
    return offers;
  }

  private static Receipt receipt(JsonNode purchase) {
    List<String> ticketIds = new ArrayList<>();
    purchase.path("ticketIds").forEach(id -> ticketIds.add(id.asText()));
    return new Receipt(
        purchase.path("id").asText(),
        purchase.path("ticketTypeId").asText(),
        purchase.path("email").asText(),
        purchase.path("quantity").asInt(),
        purchase.path("status").asText().equals("CONFIRMED"),
        ticketIds);
  }

  private List<JsonNode> pages(String path, int most) {
    List<JsonNode> items = new ArrayList<>();
    String after = "";
    while (items.size() < most) {
      JsonNode page =
          expect(OK, call(request("%s&limit=%d%s".formatted(path, PAGE, after), CALL_LIMIT).GET()));
      page.path("items").forEach(items::add);
      if (page.path("next").isNull() || page.path("next").isMissingNode()) {
        break;
      }
      after = "&after=" + page.path("next").asText();
    }
    return items;
  }

  private HttpRequest.Builder request(String path, Duration limit) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(limit);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpRequest.Builder post(String path, ObjectNode document) {
    return body(request(path, CALL_LIMIT), "POST", document);
  }

  private static HttpRequest.Builder body(
      HttpRequest.Builder request, String method, ObjectNode document) {
    return request
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(document.toString()));
  }

  private HttpResponse<String> call(HttpRequest.Builder request) {
    HttpRequest built = request.build();
    try {
      return send(built);
    } catch (IOException cause) {
      throw new StressException(
          ExitCode.NO_SHOP,
          "The shop did not answer %s %s (%s)."
              .formatted(built.method(), built.uri().getPath(), reason(cause)),
          cause);
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new StressException(ExitCode.NO_SHOP, "The run was interrupted.", cause);
    }
  }

  private JsonNode expect(int status, HttpResponse<String> response) {
    if (response.statusCode() != status) {
      throw new StressException(
          ExitCode.NO_SHOP,
          "The shop answers %d to %s %s: %s"
              .formatted(
                  response.statusCode(),
                  response.request().method(),
                  response.request().uri().getPath(),
                  response.body()));
    }
    return parsed(response);
  }

  private JsonNode parsed(HttpResponse<String> response) {
    try {
      return json.readTree(response.body());
    } catch (IOException noJson) {
      return json.missingNode();
    }
  }

  private static String reason(IOException cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
