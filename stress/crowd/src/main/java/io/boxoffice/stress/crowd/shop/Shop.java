package io.boxoffice.stress.crowd.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.boxoffice.stress.crowd.exit.ExitCode;
import io.boxoffice.stress.crowd.exit.StressException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The shop's API, for the calls of a run besides its load: preparation and audit. */
public final class Shop {
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(3);
  private static final int MOST_OFFERS = 1_000;
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;

  private final ObjectMapper json = new ObjectMapper();
  private final JsonHttp http;
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
    this.http = new JsonHttp("shop", baseUrl, token);
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
      response = http.send(http.request("/v1/simulation").timeout(PROBE_LIMIT).GET().build());
    } catch (IOException cause) {
      throw new StressException(
          ExitCode.NO_SHOP,
          "No shop answers at %s (%s). Start one with ./boxoffice, or name another with --base-url."
              .formatted(baseUrl, JsonHttp.reason(cause)),
          cause);
    }
    int status = response.statusCode();
    boolean problem =
        response.headers().firstValue("Content-Type").orElse("").startsWith("application/problem");
    if (status == OK && http.parsed(response).has("activeProfile")) {
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
    JsonNode created =
        http.expect(
            CREATED, http.call(JsonHttp.body(http.request("/v1/concerts"), "POST", concert)));
    return offers(created);
  }

  /** All offers on sale, up to a few pages. */
  public List<Offer> onSale() {
    List<Offer> offers = new ArrayList<>();
    for (JsonNode concert : http.pages("/v1/concerts?onSale=true", MOST_OFFERS)) {
      offers.addAll(offers(concert));
    }
    return offers;
  }

  /** The stock of a concert; none when the concert is gone. */
  public List<Stock> stock(String concertId) {
    HttpResponse<String> response = http.call(http.request("/v1/concerts/" + concertId).GET());
    if (response.statusCode() == 404) {
      return List.of();
    }
    List<Stock> stock = new ArrayList<>();
    for (JsonNode type : http.expect(OK, response).path("ticketTypes")) {
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
    return http.pages("/v1/purchases?concertId=" + concertId, Integer.MAX_VALUE).stream()
        .map(Shop::receipt)
        .toList();
  }

  /** One purchase, if it exists. */
  public Optional<Receipt> purchase(String id) {
    HttpResponse<String> response = http.call(http.request("/v1/purchases/" + id).GET());
    return response.statusCode() == 404
        ? Optional.empty()
        : Optional.of(receipt(http.expect(OK, response)));
  }

  /** One order, if it exists. */
  public Optional<OrderRecord> order(String id) {
    HttpResponse<String> response = http.call(http.request("/v1/orders/" + id).GET());
    return response.statusCode() == 404
        ? Optional.empty()
        : Optional.of(OrderRecord.of(http.expect(OK, response)));
  }

  /**
   * Repeats a request for an order with its key, after the sales are closed.
   *
   * @return the order that the key has made; empty when it has made none
   */
  public Optional<OrderRecord> orderOf(String concertId, String key, String body) {
    HttpRequest.Builder request =
        http.request("/v1/concerts/%s/orders".formatted(concertId)).header("Idempotency-Key", key);
    HttpResponse<String> response = http.call(JsonHttp.body(request, "POST", body));
    // Sales are closed, or the concert was deleted because it had no orders.
    return response.statusCode() == 409 || response.statusCode() == 404
        ? Optional.empty()
        : Optional.of(OrderRecord.of(http.expect(CREATED, response)));
  }

  /** Takes a concert off sale: removes it, or ends its sales when some of it was sold. */
  public void close(String concertId, String now) {
    HttpResponse<String> removed = http.call(http.request("/v1/concerts/" + concertId).DELETE());
    if (removed.statusCode() != NO_CONTENT) {
      ObjectNode change = json.createObjectNode().put("salesCloseAt", now);
      http.expect(
          OK, http.call(JsonHttp.body(http.request("/v1/concerts/" + concertId), "PATCH", change)));
    }
  }

  /** The simulation's setting. */
  public Setting setting() {
    return setting(http.call(http.request("/v1/simulation").GET()));
  }

  /**
   * Changes the simulation's setting.
   *
   * @return the setting that holds now; empty when another client has changed it meanwhile
   */
  public Optional<Setting> change(ObjectNode document, String etag) {
    HttpRequest.Builder request =
        http.request("/v1/simulation").header("If-Match", etag).header("From", "boxoffice-stress");
    HttpResponse<String> response = http.call(JsonHttp.body(request, "PUT", document));
    return response.statusCode() == 412 ? Optional.empty() : Optional.of(setting(response));
  }

  /** An empty document. */
  public ObjectNode document() {
    return json.createObjectNode();
  }

  private Setting setting(HttpResponse<String> response) {
    JsonNode document = http.expect(OK, response);
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
}
