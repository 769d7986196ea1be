package io.boxoffice.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Sends purchases, cancellations and operator requests to two replicas during faults: connections
 * end, the database becomes unavailable, and replicas are killed and restarted. At the end, stock
 * and purchases must agree. {@code TORTURE_SECONDS} sets the duration; the default is 20 s.
 */
class TortureIT {
  private static final Duration LENGTH =
      Duration.ofSeconds(Long.parseLong(System.getenv().getOrDefault("TORTURE_SECONDS", "20")));
  private static final int BUYERS = 12;
  private static final String TOKEN = "torture";
  private static final String[] OPERATOR = {"Authorization", "Bearer " + TOKEN};
  private static final long SEED = 42;
  private static final int KINDS = 3;

  private final TestDatabase database = TestDatabase.migrated();

  /** The end of the test. It is set after both replicas have started, which can take long. */
  private volatile long end;

  /** The current processes of the two replicas. A restart replaces one of them. */
  private final List<AtomicReference<ServiceProcess>> replicas =
      List.of(new AtomicReference<>(), new AtomicReference<>());

  private final List<AtomicReference<ApiClient>> clients =
      List.of(new AtomicReference<>(), new AtomicReference<>());

  /** The purchases that a response confirmed. */
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
  private final Map<String, String> purchaseOfKey = new ConcurrentHashMap<>();
  private final Set<String> keysSent = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> contradictions = new ConcurrentLinkedQueue<>();

  /** The calls that got an answer below 500, and the others. They show how far a fault has come. */
  private final AtomicLong answers = new AtomicLong();

  private final AtomicLong failures = new AtomicLong();

  private final Map<String, Integer> faults = new ConcurrentHashMap<>();

  private List<String> concertIds;

  @Test
  void stockAndPurchasesAgreeAfterAllFaults() throws Exception {
    try {
      start(0);
      start(1);
      end = System.nanoTime() + LENGTH.toNanos();
      concertIds =
          IntStream.range(0, 3)
              .mapToObj(i -> clients.get(0).get().createConcert(1_000, OPERATOR))
              .map(concert -> concert.path("id").asText())
              .toList();
      List<CompletableFuture<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < BUYERS; i++) {
        int buyer = i;
        tasks.add(CompletableFuture.runAsync(() -> buyAndCancel(buyer)));
      }
      tasks.add(CompletableFuture.runAsync(this::resize));
      causeFaults();
      tasks.forEach(CompletableFuture::join);
      resolveOpenKeys();
    } finally {
      for (AtomicReference<ServiceProcess> replica : replicas) {
        replica.get().close();
      }
    }
    assertStockAndPurchasesAgree();
    System.out.printf(
        "torture: %d purchases acknowledged, %d cancelled, %d keys, faults survived: %s%n",
        acknowledged.size(), cancelled.size(), keysSent.size(), faults);
  }

  private void causeFaults() throws Exception {
    Random random = new Random(SEED);
    while (System.nanoTime() - end < 0) {
      awaitMore(answers, 50 + random.nextInt(100));
      int replica = random.nextInt(2);
      // Each kind occurs once first, the kill last, because a restart takes long. Then it is
      // random.
      int done = faults.size();
      switch (done < KINDS ? KINDS - 1 - done : random.nextInt(KINDS)) {
        case 0 -> {
          count("SIGKILL of a replica");
          replicas.get(replica).get().kill();
          start(replica);
        }
        case 1 -> {
          count("database away");
          database.disconnect();
          awaitMore(failures, BUYERS);
          database.reconnect();
        }
        default -> {
          count("connections ended");
          database.endConnections();
        }
      }
    }
  }

  /** Waits until clients have counted some more answers or failures, or until they stop. */
  private void awaitMore(AtomicLong counter, int more) {
    long before = counter.get();
    Eventually.within(
        LENGTH.plusSeconds(60),
        () -> counter.get() - before >= more || System.nanoTime() - end > 0);
  }

  private void start(int replica) {
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.put("OPERATOR_TOKEN", TOKEN);
    replicas.get(replica).set(ServiceProcess.server(environment));
    clients.get(replica).set(replicas.get(replica).get().awaitClient());
  }

  private void buyAndCancel(int buyer) {
    Random random = new Random(SEED + buyer);
    for (int i = 0; System.nanoTime() - end < 0; i++) {
      String concertId = concertIds.get(random.nextInt(concertIds.size()));
      String key = random.nextBoolean() ? "buyer-%d-%d".formatted(buyer, i) : null;
      String purchaseId = buy(concertId, 1 + random.nextInt(3), key, random.nextInt(2));
      if (purchaseId != null && random.nextInt(3) == 0) {
        cancel(purchaseId, random.nextInt(2));
      }
    }
  }

  /** Buys tickets. With a key, it retries a failure once at the other replica. */
  private String buy(String concertId, int quantity, String key, int replica) {
    String[] headers = key == null ? new String[0] : new String[] {"Idempotency-Key", key};
    if (key != null) {
      keysSent.add(key + " " + concertId + " " + quantity);
    }
    for (int attempt = 0; attempt < (key == null ? 1 : 2); attempt++) {
      Answer answer =
          call(
              (replica + attempt) % 2,
              "POST",
              "/v1/concerts/" + concertId + "/purchases",
              Bodies.purchase(quantity),
              headers);
      if (answer != null && answer.status() == 201) {
        acknowledge(key, answer.text("id"));
        return answer.text("id");
      }
    }
    return null;
  }

  private void acknowledge(String key, String purchaseId) {
    acknowledged.add(purchaseId);
    if (key != null) {
      String before = purchaseOfKey.putIfAbsent(key, purchaseId);
      if (before != null && !before.equals(purchaseId)) {
        contradictions.add("key " + key + " bought " + before + " and " + purchaseId);
      }
    }
  }

  private void cancel(String purchaseId, int replica) {
    Answer answer = call(replica, "POST", "/v1/purchases/" + purchaseId + "/cancellation", "");
    if (answer != null && answer.status() == 200) {
      cancelled.add(purchaseId);
    } else if (answer != null && answer.status() == 404) {
      contradictions.add("acknowledged and not there: " + purchaseId);
    }
  }

  private void resize() {
    Random random = new Random(SEED - 1);
    while (System.nanoTime() - end < 0) {
      String path = "/v1/concerts/" + concertIds.get(random.nextInt(concertIds.size()));
      Answer concert = call(0, "GET", path, null);
      if (concert != null && concert.status() == 200) {
        JsonNode type = concert.body().path("ticketTypes").get(0);
        int capacity = Math.max(1, type.path("capacity").asInt() + random.nextInt(200) - 80);
        String body =
            "{\"ticketTypes\": [{\"id\": \"%s\", \"capacity\": %d}]}"
                .formatted(type.path("id").asText(), capacity);
        call(1, "PATCH", path, body, OPERATOR);
      }
    }
  }

  /** Repeats the purchase of every key, so that every outcome is known. */
  private void resolveOpenKeys() {
    for (int i = 0; i < 2; i++) {
      ApiClient client = clients.get(i).get();
      Eventually.within(
          Duration.ofSeconds(30), () -> client.get("/health?type=ready").status() == 200);
    }
    for (String sent : keysSent) {
      String[] parts = sent.split(" ", 3);
      Answer answer =
          clients
              .get(0)
              .get()
              .buy(parts[1], Integer.parseInt(parts[2]), "Idempotency-Key", parts[0]);
      if (answer.status() == 201) {
        acknowledge(parts[0], answer.text("id"));
      } else if (purchaseOfKey.containsKey(parts[0])) {
        contradictions.add("the key " + parts[0] + " lost its purchase: " + answer.raw().body());
      }
    }
  }

  private Answer call(int replica, String method, String path, String body, String... headers) {
    try {
      Answer answer = clients.get(replica).get().send(method, path, body, headers);
      (answer.status() < 500 ? answers : failures).incrementAndGet();
      return answer;
    } catch (RuntimeException unreachable) {
      failures.incrementAndGet();
      return null;
    }
  }

  private void assertStockAndPurchasesAgree() {
    assertThat(contradictions).isEmpty();
    assertThat(database.stockInvariantViolations()).isZero();
    Map<String, String> statuses = new HashMap<>();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery("SELECT id::text AS id, status FROM purchases")
                    .mapToMap(String.class)
                    .forEach(row -> statuses.put(row.get("id"), row.get("status"))));
    assertThat(statuses.keySet()).containsAll(acknowledged);
    assertThat(cancelled).allSatisfy(id -> assertThat(statuses).containsEntry(id, "CANCELLED"));
    assertThat(acknowledged).hasSizeGreaterThan(100);
  }

  private void count(String fault) {
    faults.merge(fault, 1, Integer::sum);
  }
}
