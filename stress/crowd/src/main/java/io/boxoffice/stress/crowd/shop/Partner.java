package io.boxoffice.stress.crowd.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.boxoffice.stress.crowd.exit.StressException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The payment partner of the shop: its ledger for the audit, and its failures on request. */
public final class Partner {
  private static final String SIMULATION = "/simulation";
  private static final String PROFILE = "stress";

  /** How the partner fails. */
  public enum Failure {
    /** It charges, and its answers are lost. */
    SILENT("\"phase\": \"response\", \"lose\": true"),
    /** It answers 503 and charges nothing. */
    DOWN("\"denial\": {\"percent\": 100, \"status\": 503, \"code\": \"unavailable\"}");

    private final String effect;

    Failure(String effect) {
      this.effect = effect;
    }

    private JsonNode setting(Duration atMost) {
      String name = name().toLowerCase(Locale.ROOT);
      return parsed(
          """
          {"activeProfile": "%s", "expiresIn": "%ds", "reason": "boxoffice-stress",
           "profiles": {"%s": [{"id": "stress-%s", "match": {"methods": ["POST"]}, %s}]}}
          """
              .formatted(PROFILE, Math.max(1, atMost.toSeconds()), PROFILE, name, effect));
    }
  }

  private final JsonHttp http;

  /** Speaks to the partner at an address. */
  public Partner(String url, String token) {
    this.http = new JsonHttp("payment partner", url, token);
  }

  /**
   * Reads the ledger from a time on.
   *
   * @throws StressException when it cannot be read
   */
  public List<Charge> charges(Instant since) {
    return http.pages("/charges?since=" + since, Integer.MAX_VALUE).stream()
        .map(Charge::of)
        .toList();
  }

  /**
   * Checks that the ledger can be read.
   *
   * @throws StressException when it cannot
   */
  public void probe() {
    http.expect(200, http.call(http.request("/charges?limit=1").GET()));
  }

  /** The setting of its simulation, which {@link #restore} sets again. */
  public JsonNode setting() {
    return http.expect(200, http.call(http.request(SIMULATION).GET()));
  }

  /** Lets every call to charge or to refund fail, for a limited time. */
  public void fail(Failure failure, Duration atMost) {
    put(failure.setting(atMost));
  }

  /** Ends the failure: sets a setting that was read before, for as long as it was to hold. */
  public void restore(JsonNode former) {
    ObjectNode document = former.deepCopy();
    if (former.hasNonNull("expiresAt")) {
      Duration left =
          Duration.between(Instant.now(), Instant.parse(former.path("expiresAt").asText()));
      document.put("expiresIn", Math.max(1, left.toSeconds()) + "s");
    }
    put(document);
  }

  private void put(JsonNode setting) {
    http.expect(200, http.call(JsonHttp.body(http.request(SIMULATION), "PUT", setting)));
  }

  private static JsonNode parsed(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
