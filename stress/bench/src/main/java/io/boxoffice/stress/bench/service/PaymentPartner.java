package io.boxoffice.stress.bench.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The payment partner of a run: it charges after a fixed delay, and keeps a ledger. */
public final class PaymentPartner implements AutoCloseable {
  private static final String JAR = "partners/target/boxoffice-partners.jar";
  private static final String MOST_CHARGES = "1000000";

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final String token = UUID.randomUUID().toString();
  private final JarProcess process;
  private final String url;

  private PaymentPartner(Path folder, Duration delay) {
    this.process =
        JarProcess.start(
            List.of("-Xmx512m", "-jar", JAR, "payment"),
            Map.of(
                "PARTNER_TOKEN",
                token,
                "PAYMENT_DATA_DIR",
                folder.resolve("payments").toString(),
                "PAYMENT_DELAY",
                delay.toMillis() + "ms",
                "PAYMENT_MOST_CHARGES",
                MOST_CHARGES),
            folder.resolve("partner.log"));
    this.url = "http://127.0.0.1:" + process.awaitPort();
  }

  /** Starts one, with its ledger in the given folder, and waits until it listens. */
  public static PaymentPartner start(Path folder, Duration delay) {
    return new PaymentPartner(folder, delay);
  }

  /** The settings of a shop that uses it. */
  public Map<String, String> shopSettings() {
    return Map.of(
        "PAYMENT_URL", url,
        "PAYMENT_TOKEN", token,
        "PAYMENT_CALLBACK_SECRET", UUID.randomUUID().toString());
  }

  /** The order of each successful charge since a time; an order with two charges is there twice. */
  public List<UUID> charged(Instant since) {
    List<UUID> orders = new ArrayList<>();
    String after = "";
    while (after != null) {
      JsonNode page = get("/charges?limit=100&since=%s%s".formatted(since, after));
      for (JsonNode charge : page.path("items")) {
        if (charge.path("status").asText().equals("SUCCEEDED")) {
          orders.add(UUID.fromString(charge.path("reference").asText()));
        }
      }
      after = page.hasNonNull("next") ? "&after=" + page.path("next").asText() : null;
    }
    return orders;
  }

  private JsonNode get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new BenchException("The payment partner answered: " + response.body());
      }
      return json.readTree(response.body());
    } catch (IOException | InterruptedException cause) {
      throw new BenchException("The payment partner did not answer: " + cause.getMessage(), cause);
    }
  }

  /** Empties its log. */
  public void emptyLog() {
    process.emptyLog();
  }

  @Override
  public void close() {
    process.close();
  }
}
