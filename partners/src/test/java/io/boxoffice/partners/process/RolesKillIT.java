package io.boxoffice.partners.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.partners.testing.Eventually;
import io.boxoffice.partners.testing.PartnerClient;
import io.boxoffice.partners.testing.ShopPages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills all roles of one process with SIGKILL while they work, three times on one set of ledgers.
 */
class RolesKillIT {
  private static final int CLIENTS = 8;
  private static final int ROUNDS = 3;
  private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 200;
  private static final UUID CONCERT = UUID.fromString("01890000-0000-7000-8000-000000000001");

  @TempDir private Path ledgers;

  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger numbers = new AtomicInteger();

  /** What was sent, and which ids or versions the partner answered with, by key. */
  private final Set<String> sentMails = ConcurrentHashMap.newKeySet();

  private final Map<String, String> mails = new ConcurrentHashMap<>();
  private final Map<UUID, Integer> concerts = new ConcurrentHashMap<>();
  private final Map<String, Integer> sentSales = new ConcurrentHashMap<>();
  private final Map<String, String> reports = new ConcurrentHashMap<>();

  @Test
  void everyAcknowledgedEffectIsInItsLedgerOnce() throws Exception {
    try (ShopPages shop = new ShopPages(50)) {
      for (int round = 1; round <= ROUNDS; round++) {
        try (PartnerProcess partner = start(shop)) {
          workUntilKilled(partner, round * ACKNOWLEDGED_BEFORE_THE_KILL);
        }
      }
      try (PartnerProcess partner = start(shop)) {
        audit(partner.awaitClient());
      }
    }
  }

  private void audit(PartnerClient client) {
    // A request whose answer was cut off is sent again with its key, and never acts twice.
    for (String key : sentMails) {
      String id = client.call("POST", "/mails", mail(key), key).text("id");
      assertThat(id).isEqualTo(mails.getOrDefault(key, id));
    }
    Map<String, JsonNode> kept = ledger(client, "/mails", "key");
    assertThat(kept.keySet()).containsExactlyInAnyOrderElementsOf(sentMails);

    Map<String, JsonNode> indexed = ledger(client, "/concerts", "concertId");
    concerts.forEach(
        (concert, version) -> {
          assertThat(indexed.get(concert.toString()).path("version").asInt())
              .isGreaterThanOrEqualTo(version);
          assertThat(client.get("/search?q=c" + concert.toString().replace("-", "")).text("total"))
              .isEqualTo("1");
        });

    int sold = 0;
    for (Map.Entry<String, Integer> sale : sentSales.entrySet()) {
      client.send("POST", "/events", sale.getKey()).join();
      sold += sale.getValue();
    }
    assertThat(client.get("/concerts/" + CONCERT + "/total").body().path("counts").path("sales"))
        .hasToString(String.valueOf(sold));

    Map<String, JsonNode> accepted = ledger(client, "/reports", "key");
    reports.forEach(
        (key, id) -> {
          assertThat(accepted.get(key).path("id").asText()).isEqualTo(id);
          Eventually.holds(() -> client.get("/reports/" + id).text("state").equals("DONE"));
        });
    assertThat(reports).isNotEmpty();
  }

  private PartnerProcess start(ShopPages shop) throws IOException {
    Map<String, String> settings = new HashMap<>();
    for (String role : List.of("EMAIL", "SEARCH", "ANALYTICS", "REPORT")) {
      settings.put(role + "_DATA_DIR", ledgers.resolve(role).toString());
      settings.put(role + "_DELAY", "1ms");
    }
    settings.put("SHOP_URL", shop.url());
    settings.put("REPORT_ROUNDS", "100");
    return new PartnerProcess(settings, "email", "search", "analytics", "report");
  }

  private void workUntilKilled(PartnerProcess partner, int most) throws Exception {
    PartnerClient client = partner.awaitClient();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Thread thread = new Thread(() -> workUntilItFails(client));
      thread.start();
      threads.add(thread);
    }
    Eventually.holds(() -> acknowledged.get() >= most);
    partner.kill();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void workUntilItFails(PartnerClient client) {
    try {
      while (true) {
        int number = numbers.incrementAndGet();
        String key = "key-" + number;
        sentMails.add(key);
        mails.put(key, client.call("POST", "/mails", mail(key), key).text("id"));
        change(client, number);
        sell(client, number);
        PartnerClient.Answer report =
            client
                .send(
                    "POST",
                    "/reports",
                    "{\"concertId\": \"%s\"}".formatted(CONCERT),
                    "Idempotency-Key",
                    key,
                    "Prefer",
                    "respond-async")
                .join();
        if (report.status() == 202) {
          reports.put(key, report.text("id"));
        }
        acknowledged.addAndGet(4);
      }
    } catch (RuntimeException killed) {
      assertThat(killed).hasCauseInstanceOf(IOException.class);
    }
  }

  private static String mail(String key) {
    return "{\"to\": \"ada@example.com\", \"subject\": \"%s\", \"text\": \"Hello\"}".formatted(key);
  }

  /** Sends versions of a few concerts, so that most of them replace one. */
  private void change(PartnerClient client, int number) {
    UUID concert = UUID.fromString("01890000-0000-7000-8000-%012d".formatted(number % 20));
    int version =
        client
            .call(
                "PUT",
                "/concerts/" + concert,
                """
                {"version": %d, "concert": {"title": "c%s", "artist": "A", "venue": "V",
                  "startsAt": "2027-01-01T20:00:00Z"}}"""
                    .formatted(number, concert.toString().replace("-", "")),
                "change-" + number)
            .body()
            .path("version")
            .asInt();
    concerts.merge(concert, version, Math::max);
  }

  private void sell(PartnerClient client, int number) {
    String sale =
        """
        {"events": [{"id": "%s", "type": "sale", "concertId": "%s", "quantity": %d, "at": "%s"}]}"""
            .formatted(
                UUID.randomUUID(),
                CONCERT,
                1 + number % 3,
                Instant.now().minus(Duration.ofMinutes(number % 60)));
    sentSales.put(sale, 1 + number % 3);
    client.send("POST", "/events", sale).join();
  }

  private static Map<String, JsonNode> ledger(PartnerClient client, String path, String member) {
    Map<String, JsonNode> entries = new HashMap<>();
    String after = "";
    while (true) {
      JsonNode page = client.get(path + "?limit=100" + after).body();
      for (JsonNode entry : page.path("items")) {
        assertThat(entries.put(entry.path(member).asText(), entry)).isNull();
      }
      if (page.path("next").isNull()) {
        return entries;
      }
      after = "&after=" + page.path("next").asText();
    }
  }
}
