package io.boxoffice.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.SignedCallback;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestPartner;
import io.boxoffice.testing.TestPartner.Received;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Kills the service with SIGKILL while orders are paid, several times: a sample of what {@code
 * SingleFaultsApplicationTest} does at each message.
 */
class OrderKillIT {
  private static final int KILLS = 3;
  private static final int CONFIRMED_BEFORE_A_KILL = 25;
  private static final int CAPACITY = 10_000;
  private static final String[] OPERATOR = {"Authorization", "Bearer kill"};

  private static final String OPEN =
      "SELECT count(*) FROM orders WHERE state IN ('HELD', 'PAYING', 'REFUNDING')";

  private final TestDatabase database = TestDatabase.migrated();

  /** The order of each key that a response confirmed. */
  private final Map<String, String> confirmed = new ConcurrentHashMap<>();

  private final Set<String> sent = ConcurrentHashMap.newKeySet();

  @Test
  void eachChargeHasOneConfirmedOrderAfterSigkill() throws Exception {
    try (TestPartner partner = TestPartner.start()) {
      Map<String, String> environment = new HashMap<>(database.environment());
      environment.put("OPERATOR_TOKEN", "kill");
      environment.put("RATE_LIMITS", ServiceProcess.MANY_ORDERS);
      environment.put("PAYMENT_URL", partner.url());
      environment.put("PAYMENT_CALLBACK_SECRET", SignedCallback.SECRET);
      String concertId = null;
      for (int kill = 0; kill < KILLS; kill++) {
        try (ServiceProcess service = ServiceProcess.server(environment)) {
          ApiClient api = service.awaitClient();
          concertId =
              concertId == null
                  ? api.createConcert(CAPACITY, OPERATOR).path("id").asText()
                  : concertId;
          String concert = concertId;
          String prefix = "kill-" + kill + "-";
          Buyers.buyUntilKilled(
              service,
              CONFIRMED_BEFORE_A_KILL,
              (enough, buyer) -> pay(api, concert, prefix + buyer, enough));
        }
      }
      // Orders that were being paid are PAYING until the reconciler asks, which a client need not
      // wait for.
      environment.put("ORDER_PAYMENT_WAIT", "1s");
      try (ServiceProcess service = ServiceProcess.server(environment)) {
        ApiClient api = service.awaitClient();
        for (String key : sent) {
          String id = confirmed.get(key);
          Answer repeated = order(api, concertId, key);
          assertThat(repeated.status()).as(repeated.raw().body()).isIn(201, 202);
          assertThat(id == null || id.equals(repeated.text("id"))).isTrue();
        }
        awaitRest();
        audit(partner);
      }
    }
  }

  private static Answer order(ApiClient api, String concertId, String key) {
    return api.post(
        "/v1/concerts/" + concertId + "/orders",
        "{\"email\": \"ada@example.com\", \"quantity\": 1, \"payment\": {\"token\": \"tok_ok\"}}",
        "Idempotency-Key",
        key);
  }

  private void pay(ApiClient api, String concertId, String prefix, CountDownLatch enough) {
    for (int i = 0; ; i++) {
      String key = prefix + "-" + i;
      sent.add(key);
      try {
        Answer answer = order(api, concertId, key);
        if (answer.status() == 201) {
          confirmed.put(key, answer.text("id"));
          enough.countDown();
        }
      } catch (RuntimeException killed) {
        return;
      }
    }
  }

  /** The first request to the partner has 40 seconds, so the test moves the times. */
  private void awaitRest() {
    Eventually.within(
        Duration.ofSeconds(60),
        () ->
            database
                .jdbi()
                .withHandle(
                    handle -> {
                      handle.execute(
                          "UPDATE payments SET next_attempt_at = now()"
                              + " WHERE next_attempt_at > now() + interval '10 seconds'");
                      return handle.createQuery(OPEN).mapTo(Integer.class).one() == 0;
                    }));
  }

  /** The partner's id of a charge is that of the order, so a repeated call is no second charge. */
  private void audit(TestPartner partner) {
    // The others read the ledger.
    List<Received> charges =
        partner.received().stream().filter(call -> call.method().equals("POST")).toList();
    Set<String> charged =
        charges.stream().map(call -> reference(call.body())).collect(Collectors.toSet());
    Set<String> paid =
        Set.copyOf(
            database
                .jdbi()
                .withHandle(
                    handle ->
                        handle
                            .createQuery("SELECT id FROM orders WHERE state = 'CONFIRMED'")
                            .mapTo(String.class)
                            .list()));
    assertThat(charges)
        .allMatch(call -> call.header("Idempotency-Key").equals(reference(call.body())));
    assertThat(paid).isEqualTo(charged).hasSize(sent.size()).containsAll(confirmed.values());
    assertThat(database.stockInvariantViolations()).isZero();
    System.out.printf(
        "SIGKILL while orders were paid: %d times, %d orders, %d acknowledged%n",
        KILLS, paid.size(), confirmed.size());
  }

  private static String reference(String body) {
    try {
      return new ObjectMapper().readTree(body).path("reference").asText();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
