package io.boxoffice.process.broken;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks over HTTP that stock and purchases agree: capacity = available + held + sold. */
public final class Books {
  private final ApiClient api;
  private final String token;
  private final Map<String, Integer> held;

  /**
   * Creates the check with the operator's token.
   *
   * @param held the tickets that orders hold, by ticket type, because no call lists all orders
   */
  public Books(ApiClient api, String token, Map<String, Integer> held) {
    this.api = api;
    this.token = token;
    this.held = held;
  }

  /** Returns the ticket types whose stock and purchases do not agree. */
  public List<String> mistakes() {
    Map<String, Integer> sold = new HashMap<>(held);
    for (JsonNode purchase : all("/v1/purchases")) {
      if (purchase.path("status").asText().equals("CONFIRMED")) {
        sold.merge(
            purchase.path("ticketTypeId").asText(),
            purchase.path("quantity").asInt(),
            Integer::sum);
      }
    }
    List<String> mistakes = new ArrayList<>();
    for (JsonNode concert : all("/v1/concerts")) {
      for (JsonNode type : concert.path("ticketTypes")) {
        int taken = type.path("capacity").asInt() - type.path("available").asInt();
        int sum = sold.getOrDefault(type.path("id").asText(), 0);
        if (taken != sum) {
          mistakes.add("%s: %d taken, %d held or sold".formatted(type, taken, sum));
        }
      }
    }
    return mistakes;
  }

  private List<JsonNode> all(String path) {
    List<JsonNode> items = new ArrayList<>();
    String after = "";
    while (after != null) {
      JsonNode page =
          api.get(path + "?limit=100" + after, "Authorization", "Bearer " + token).body();
      page.path("items").forEach(items::add);
      after = page.path("next").isTextual() ? "&after=" + page.path("next").asText() : null;
    }
    return items;
  }
}
