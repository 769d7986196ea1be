package io.boxoffice.partners.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.http.client.LimitedBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Reads the purchases of a concert from the shop's API, page by page: {@code GET /v1/purchases},
 * which needs the operator's token. Nothing here knows the shop's database.
 */
final class ShopTickets {
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 100_000;
  private static final int MOST_BYTES = 4 * 1024 * 1024;
  private static final int MOST_ATTEMPTS = 3;
  private static final int OK = 200;
  private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final URI shop;
  private final String token;
  private final ObjectMapper json;
  private final HttpClient http;

  /**
   * Reads from a shop.
   *
   * @param token the bearer token of its operator; empty if it needs none
   */
  ShopTickets(URI shop, String token, ObjectMapper json) {
    this.shop = shop;
    this.token = token;
    this.json = json;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(TIME_LIMIT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  /**
   * Reads all purchases of a concert, the oldest first.
   *
   * @param purchases gets each of them
   * @throws IOException when the shop does not answer with purchases, three times in a row
   */
  void read(UUID concertId, Consumer<JsonNode> purchases) throws IOException, InterruptedException {
    String after = "";
    for (int i = 0; i < MOST_PAGES; i++) {
      JsonNode page = page(concertId, after);
      page.path("items").forEach(purchases);
      if (page.path("next").isNull()) {
        return;
      }
      after = "&after=" + UUID.fromString(page.path("next").asText());
    }
    throw new IOException("the shop's pages do not end");
  }

  private JsonNode page(UUID concertId, String after) throws IOException, InterruptedException {
    URI address = shop.resolve("/v1/purchases?concertId=" + concertId + "&limit=" + PAGE + after);
    for (int attempt = 1; ; attempt++) {
      try {
        return get(address);
      } catch (IOException failure) {
        if (attempt == MOST_ATTEMPTS) {
          throw failure;
        }
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }

  private JsonNode get(URI address) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(TIME_LIMIT);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<byte[]> response =
        http.send(request.build(), unused -> new LimitedBody(MOST_BYTES));
    if (response.statusCode() != OK) {
      throw new IOException("the shop answered with " + response.statusCode());
    }
    JsonNode page = json.reader().readTree(response.body());
    if (!page.path("items").isArray() || !page.has("next")) {
      throw new IOException("the shop answered with something other than purchases");
    }
    return page;
  }
}
