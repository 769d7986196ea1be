package io.boxoffice.gate;

import static io.boxoffice.testing.TestApplication.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Prepares a concert that lets people in now, over HTTP, and sends scans. */
public final class Evening {
  /** The token of the gates' devices. */
  public static final String TOKEN = "test-gate-token";

  private final ApiClient api;
  private final String concert;
  private final String gate = "gate-" + UUID.randomUUID().toString().substring(0, 8);

  /** Creates the concert, its entry window and a gate. */
  public Evening(ApiClient api) {
    this.api = api;
    this.concert = api.createConcert(100_000, operator()).path("id").asText();
    require(200, open(Duration.ofHours(-1), Duration.ofHours(1), false));
    require(200, register(gate));
  }

  /** Returns the Authorization header of a gate's device. */
  public static String[] device() {
    return new String[] {"Authorization", "Bearer " + TOKEN};
  }

  /** Sets the entry window, from and to times relative to now. */
  public Answer open(Duration from, Duration to, boolean reEntry) {
    return api.send(
        "PUT",
        "/v1/concerts/" + concert + "/entry",
        "{\"opensAt\": \"%s\", \"closesAt\": \"%s\", \"reEntry\": %s}"
            .formatted(Instant.now().plus(from), Instant.now().plus(to), reEntry),
        operator());
  }

  /** Registers a gate of the concert. */
  public Answer register(String name) {
    return api.send(
        "PUT", "/v1/gates/" + name, "{\"concertId\": \"%s\"}".formatted(concert), operator());
  }

  private static void require(int status, Answer answer) {
    if (answer.status() != status) {
      throw new AssertionError(answer.raw().body());
    }
  }

  /** The id of the concert. */
  public String concertId() {
    return concert;
  }

  /** The name of the gate. */
  public String gate() {
    return gate;
  }

  /** Buys a ticket, and returns the purchase. */
  public JsonNode buy() {
    return api.buy(concert, 1).body();
  }

  /** Buys a ticket, and returns its id. */
  public String ticket() {
    return buy().path("ticketIds").get(0).asText();
  }

  /** Returns an online scan at the gate. */
  public String scan(long sequence, String ticketId) {
    return scan(UUID.randomUUID(), sequence, ticketId);
  }

  /** Returns an online scan at the gate with the given id. */
  public String scan(UUID scanId, long sequence, String ticketId) {
    return "{\"scanId\": \"%s\", \"gate\": \"%s\", \"sequence\": %d, \"ticketId\": \"%s\"}"
        .formatted(scanId, gate, sequence, ticketId);
  }

  /** Returns an online scan of a ticket's code. */
  public String scanOfCode(long sequence, String code) {
    return "{\"scanId\": \"%s\", \"gate\": \"%s\", \"sequence\": %d, \"code\": \"%s\"}"
        .formatted(UUID.randomUUID(), gate, sequence, code);
  }

  /** Sends scans in one batch. */
  public Answer send(String... scans) {
    return api.post("/v1/scans", "{\"scans\": [" + String.join(", ", scans) + "]}", device());
  }

  /** Sends lines. */
  public Answer lines(String body, String... headers) {
    String[] all = new String[headers.length + 4];
    System.arraycopy(device(), 0, all, 0, 2);
    all[2] = "Content-Type";
    all[3] = "application/x-ndjson";
    System.arraycopy(headers, 0, all, 4, headers.length);
    return api.send("POST", "/v1/scans", body, all);
  }
}
