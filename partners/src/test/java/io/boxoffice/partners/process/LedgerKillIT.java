package io.boxoffice.partners.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.partners.testing.Eventually;
import io.boxoffice.partners.testing.PartnerClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the partner with SIGKILL during charges and refunds, three times on one ledger. */
class LedgerKillIT {
  private static final int CLIENTS = 16;
  private static final int ROUNDS = 3;
  private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 150;

  @TempDir private Path ledger;

  /** What the partner answered, by order: the charge, and the refund of every second one. */
  private final Map<UUID, String> charges = new ConcurrentHashMap<>();

  private final Map<UUID, String> refunds = new ConcurrentHashMap<>();
  private final Set<UUID> sent = ConcurrentHashMap.newKeySet();

  @Test
  void everyAcknowledgedChargeAndRefundIsInTheLedgerOnce() throws Exception {
    for (int round = 1; round <= ROUNDS; round++) {
      try (PartnerProcess partner = start()) {
        chargeUntilKilled(partner, round * ACKNOWLEDGED_BEFORE_THE_KILL);
      }
    }
    try (PartnerProcess partner = start()) {
      PartnerClient client = partner.awaitClient();
      Map<String, JsonNode> entries = wholeLedger(client);
      Set<String> references = new HashSet<>();
      entries.values().forEach(entry -> references.add(entry.path("reference").asText()));
      assertThat(references).as("one charge for each order").hasSize(entries.size());
      charges.forEach(
          (order, id) ->
              assertThat(entries.get(id).path("reference").asText()).isEqualTo(order.toString()));
      refunds.forEach(
          (order, id) ->
              assertThat(entries.get(charges.get(order)).path("refund").path("id").asText())
                  .isEqualTo(id));
      // A request whose answer was cut off is sent again with its key, and never charges twice.
      for (UUID order : sent) {
        String id = client.charge("tok_ok", order).text("id");
        assertThat(id).isEqualTo(charges.getOrDefault(order, id));
      }
      assertThat(wholeLedger(client)).hasSize(sent.size());
    }
  }

  private PartnerProcess start() throws IOException {
    return new PartnerProcess(
        Map.of("PAYMENT_DATA_DIR", ledger.toString(), "PAYMENT_DELAY", "1ms"), "payment");
  }

  private void chargeUntilKilled(PartnerProcess partner, int acknowledged) throws Exception {
    PartnerClient client = partner.awaitClient();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Thread thread = new Thread(() -> chargeUntilItFails(client));
      thread.start();
      threads.add(thread);
    }
    Eventually.holds(() -> charges.size() >= acknowledged);
    partner.kill();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void chargeUntilItFails(PartnerClient client) {
    try {
      for (int i = 0; ; i++) {
        UUID order = UUID.randomUUID();
        sent.add(order);
        String charge = client.charge("tok_ok", order).text("id");
        charges.put(order, charge);
        if (i % 2 == 0) {
          refunds.put(order, client.refund(charge).text("id"));
        }
      }
    } catch (RuntimeException killed) {
      assertThat(killed).hasCauseInstanceOf(IOException.class);
    }
  }

  private static Map<String, JsonNode> wholeLedger(PartnerClient client) {
    Map<String, JsonNode> entries = new ConcurrentHashMap<>();
    String after = "";
    while (true) {
      JsonNode page = client.get("/charges?limit=100" + after).body();
      page.path("items").forEach(entry -> entries.put(entry.path("id").asText(), entry));
      if (page.path("next").isNull()) {
        return entries;
      }
      after = "&after=" + page.path("next").asText();
    }
  }
}
