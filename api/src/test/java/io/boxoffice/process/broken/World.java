package io.boxoffice.process.broken;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Bodies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds the ids and entity tags of the tested server, so that broken requests refer to existing
 * concerts and purchases.
 *
 * @param concertIds concerts with purchases, one without, and one whose sales are not open
 * @param purchaseIds purchases
 * @param ticketTypeIds ticket types of those concerts
 * @param ticketIds tickets of those purchases
 * @param tags the server's entity tags by path
 */
public record World(
    String token,
    List<String> concertIds,
    List<String> ticketTypeIds,
    List<String> purchaseIds,
    List<String> ticketIds,
    Map<String, String> tags) {

  private static final int CAPACITY = 100_000;

  /** Creates concerts and purchases, and allows each request to select a profile by its header. */
  public static World create(ApiClient api, String token) {
    String[] operator = {"Authorization", "Bearer " + token};
    api.send("PUT", "/v1/simulation", "{\"allowProfileHeader\": true}", operator);
    List<JsonNode> concerts = new ArrayList<>();
    concerts.add(api.createConcert(CAPACITY, operator));
    concerts.add(api.createConcert(1, operator));
    concerts.add(api.createConcert(CAPACITY, operator));
    String later =
        Bodies.concert(CAPACITY).replaceFirst("\\{", "{\"salesOpenAt\": \"2039-01-01T00:00:00Z\",");
    concerts.add(api.post("/v1/concerts", later, operator).body());

    List<JsonNode> purchases = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      purchases.add(api.buy(id(concerts.get(0)), 2).body());
    }
    purchases.add(api.buy(id(concerts.get(1)), 1).body());

    List<String> tickets = new ArrayList<>();
    purchases.forEach(
        purchase -> purchase.path("ticketIds").forEach(ticket -> tickets.add(ticket.asText())));
    Map<String, String> tags = new TreeMap<>();
    List<String> tagged = new ArrayList<>(List.of("/", "/v1/concerts", "/v1/simulation"));
    List.of("page.css", "page.js", "index.html").forEach(file -> tagged.add("/page/" + file));
    concerts.forEach(concert -> tagged.add("/v1/concerts/" + id(concert)));
    tagged.forEach(path -> tags.put(path, api.get(path, operator).header("ETag")));
    return new World(
        token,
        concerts.stream().map(World::id).toList(),
        concerts.stream().map(concert -> id(concert.path("ticketTypes").path(0))).toList(),
        purchases.stream().map(World::id).toList(),
        tickets,
        tags);
  }

  /** The only concert that a request may cancel, so that the others go on selling. */
  String cancellableConcertId() {
    return concertIds.get(concertIds.size() - 1);
  }

  private static String id(JsonNode thing) {
    return thing.path("id").asText();
  }
}
