package io.boxoffice.stress.gates.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.boxoffice.gate.code.format.TicketVerifier;
import io.boxoffice.stress.gates.exit.ExitCode;
import io.boxoffice.stress.gates.exit.GatesException;
import io.boxoffice.stress.gates.plan.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Prepares the concerts, tickets and gates of a run. At the end it takes the concerts off sale. */
public final class Hall implements AutoCloseable {
  private static final int MOST_IN_PURCHASE = 100;

  /** Before this, a device whose clock is hours behind would be too early if it were believed. */
  private static final Duration OPEN_BEFORE = Duration.ofMinutes(10);

  private final JsonApi api;
  private final String runName;
  private final Consumer<String> say;
  private final List<UUID> concerts = new CopyOnWriteArrayList<>();

  /** Prepares a run; a message reports what cannot be closed. */
  public Hall(JsonApi api, String runName, Consumer<String> say) {
    this.api = api;
    this.runName = runName;
    this.say = say;
  }

  /**
   * Puts a concert on sale, whose gates are open from ten minutes ago on.
   *
   * @param open how long the gates are open from now on
   */
  public UUID concert(String name, int capacity, Duration open) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    ObjectNode concert =
        JsonApi.document()
            .put("title", "%s, %s".formatted(runName, name))
            .put("artist", "The Load")
            .put("venue", "Gates")
            .put("startsAt", now.plus(1, ChronoUnit.DAYS).toString())
            .put("maxPerPurchase", MOST_IN_PURCHASE);
    ObjectNode type = concert.putArray("ticketTypes").addObject();
    type.put("name", "Standing").put("capacity", capacity);
    type.putObject("price").put("amount", 4_500).put("currency", "EUR");
    UUID id = UUID.fromString(api.create("/v1/concerts", concert).path("id").asText());
    concerts.add(id);
    api.change(
        "PUT",
        "/v1/concerts/%s/entry".formatted(id),
        JsonApi.document()
            .put("opensAt", now.minus(OPEN_BEFORE).toString())
            .put("closesAt", now.plus(open).toString()));
    return id;
  }

  /** Buys tickets, 100 in a purchase, and reads their codes. */
  public List<Ticket> buy(UUID concert, int count) {
    List<Ticket> tickets = new ArrayList<>(count);
    while (tickets.size() < count) {
      tickets.addAll(purchase(concert, Math.min(MOST_IN_PURCHASE, count - tickets.size())).tickets);
    }
    return tickets;
  }

  /** Buys tickets of one purchase, reads their codes, and cancels it. */
  public List<Ticket> buyAndCancel(UUID concert, int count) {
    Purchase purchase = purchase(concert, Math.min(MOST_IN_PURCHASE, count));
    api.post("/v1/purchases/%s/cancellation".formatted(purchase.id));
    return purchase.tickets;
  }

  private record Purchase(String id, List<Ticket> tickets) {}

  private Purchase purchase(UUID concert, int quantity) {
    ObjectNode wanted =
        JsonApi.document().put("email", "gates@example.com").put("quantity", quantity);
    String id =
        api.create("/v1/concerts/%s/purchases".formatted(concert), wanted).path("id").asText();
    List<Ticket> tickets = new ArrayList<>(quantity);
    for (JsonNode ticket : api.get("/v1/purchases/%s/tickets".formatted(id)).path("items")) {
      tickets.add(
          new Ticket(UUID.fromString(ticket.path("id").asText()), ticket.path("code").asText()));
    }
    if (tickets.size() != quantity) {
      throw new GatesException(
          ExitCode.NO_SHOP,
          "The purchase %s has %d tickets, not %d.".formatted(id, tickets.size(), quantity));
    }
    return new Purchase(id, tickets);
  }

  /** Registers a gate of a concert. */
  public void register(String gate, UUID concert) {
    api.change("PUT", "/v1/gates/" + gate, JsonApi.document().put("concertId", concert.toString()));
  }

  /** Reads the public keys of ticket codes. */
  public TicketVerifier verifier() {
    Map<Integer, byte[]> keys = new HashMap<>();
    for (JsonNode key : api.get("/v1/ticket-keys").path("keys")) {
      keys.put(key.path("kid").asInt(), Base64.getUrlDecoder().decode(key.path("x").asText()));
    }
    return TicketVerifier.of(keys);
  }

  @Override
  public void close() {
    for (UUID concert : concerts) {
      try {
        takeOffSale(concert);
      } catch (GatesException failure) {
        say.accept("could not close the concert %s: %s".formatted(concert, failure.getMessage()));
      }
    }
  }

  private void takeOffSale(UUID concert) {
    if (!api.delete("/v1/concerts/" + concert)) {
      api.change(
          "PATCH",
          "/v1/concerts/" + concert,
          JsonApi.document().put("salesCloseAt", Instant.now().toString()));
    }
  }
}
