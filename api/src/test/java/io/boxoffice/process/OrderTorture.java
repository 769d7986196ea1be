package io.boxoffice.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets buyers order, pay, cancel and get refunds at two replicas, while replicas and the partner
 * are killed and stopped. At the end, stock, orders and the partner's ledger must agree. It is not
 * part of the build: {@code .ci/torture} runs it.
 */
class OrderTorture {
  private static final Duration LENGTH =
      Duration.ofSeconds(Integer.getInteger("torture.seconds", 600));
  private static final long SEED = Long.getLong("torture.seed", 23);
  private static final int BUYERS = 10;

  /** So few that the concerts are sold out towards the end. */
  private static final int CAPACITY = (int) (4 * LENGTH.toSeconds());

  private static final int ATTEMPTS = 30;
  private static final List<String> TOKENS =
      List.of(
          "tok_ok", "tok_ok", "tok_ok", "tok_ok", "tok_declined", "tok_lost", "tok_slow", "tok_x");

  private static final String OPEN =
      """
      SELECT count(*) FROM orders o LEFT JOIN payments y
        ON y.concert_id = o.concert_id AND y.order_id = o.id
      WHERE o.state IN ('HELD', 'PAYING', 'REFUNDING') OR y.next_attempt_at IS NOT NULL
      """;

  private final TestDatabase database = TestDatabase.migrated();
  private final Map<String, String> orderOfKey = new ConcurrentHashMap<>();
  private final Map<String, String> purchaseOfKey = new ConcurrentHashMap<>();
  private final Set<String> toldConfirmed = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> contradictions = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();
  private volatile long end;
  private TortureFleet fleet;

  @TempDir private Path ledgerFolder;

  @Test
  void ledgerStockAndOrdersAgree() throws Exception {
    try (TortureFleet running = new TortureFleet(database, ledgerFolder)) {
      fleet = running;
      List<String> concerts = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        concerts.add(
            fleet
                .call(0, "POST", "/v1/concerts", Bodies.concert(CAPACITY), TortureFleet.OPERATOR)
                .orElseThrow()
                .text("id"));
      }
      end = System.nanoTime() + LENGTH.toNanos();
      ExecutorService threads = Executors.newFixedThreadPool(BUYERS);
      List<CompletableFuture<Void>> buyers = new ArrayList<>();
      for (int i = 0; i < BUYERS; i++) {
        Random random = new Random(SEED + i);
        buyers.add(CompletableFuture.runAsync(() -> shop(random, concerts), threads));
      }
      Random random = new Random(SEED - 1);
      while (isRunning()) {
        TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(2_500));
        fleet.harm(random);
      }
      buyers.forEach(CompletableFuture::join);
      threads.shutdown();
      awaitRest();
      audit();
    }
  }

  private boolean isRunning() {
    return System.nanoTime() - end < 0;
  }

  private void shop(Random random, List<String> concerts) {
    for (int i = 0; isRunning(); i++) {
      String concert = concerts.get(random.nextInt(concerts.size()));
      String key = "torture-%d-%d".formatted(Thread.currentThread().getId(), i);
      if (random.nextInt(4) == 0) {
        buy(random, concert, key);
      } else {
        order(random, concert, key);
      }
    }
  }

  private void buy(Random random, String concert, String key) {
    repeated(
            random,
            "POST",
            "/v1/concerts/" + concert + "/purchases",
            Bodies.purchase(1 + random.nextInt(3)),
            "Idempotency-Key",
            key)
        .filter(answer -> answer.status() == 201)
        .ifPresent(answer -> same(purchaseOfKey, key, answer.text("id")));
  }

  private void order(Random random, String concert, String key) {
    Optional<Answer> held =
        repeated(
            random,
            "POST",
            "/v1/concerts/" + concert + "/orders",
            Bodies.purchase(1 + random.nextInt(3)),
            "Idempotency-Key",
            key);
    if (held.filter(answer -> answer.status() == 201).isEmpty()) {
      return;
    }
    String id = held.get().text("id");
    same(orderOfKey, key, id);
    switch (random.nextInt(8)) {
      case 0 -> count("walk away", 0);
      case 1 -> repeated(random, "DELETE", "/v1/orders/" + id, null);
      default -> pay(random, id);
    }
  }

  private void pay(Random random, String id) {
    String token = TOKENS.get(random.nextInt(TOKENS.size()));
    Optional<Answer> paid =
        repeated(
            random,
            "POST",
            "/v1/orders/" + id + "/payment",
            "{\"token\": \"%s\"}".formatted(token),
            "Prefer",
            "wait=" + random.nextInt(4));
    if (paid.filter(answer -> answer.status() == 200).isPresent()) {
      toldConfirmed.add(id);
      if (random.nextInt(4) == 0) {
        repeated(random, "POST", "/v1/orders/" + id + "/refund", "", TortureFleet.OPERATOR);
      }
    }
  }

  private void same(Map<String, String> known, String key, String id) {
    String before = known.putIfAbsent(key, id);
    if (before != null && !before.equals(id)) {
      contradictions.add("the key %s got %s and %s".formatted(key, before, id));
    }
  }

  /** Repeats a request at any replica until the answer is no failure of the server. */
  private Optional<Answer> repeated(
      Random random, String method, String path, String body, String... headers) {
    for (int attempt = 0; attempt < ATTEMPTS && isRunning(); attempt++) {
      Optional<Answer> answer = fleet.call(random.nextInt(2), method, path, body, headers);
      count(
          "%s %s".formatted(method, path.replaceAll("[0-9a-f-]{36}", "*")),
          answer.map(Answer::status).orElse(0));
      if (answer.filter(got -> got.status() < 500).isPresent()) {
        return answer;
      }
      if (answer.isEmpty() && random.nextInt(4) == 0) {
        return Optional.empty(); // This buyer leaves, and never learns the result.
      }
    }
    return Optional.empty();
  }

  private void count(String call, int status) {
    answers.merge(call + " " + status, 1, Integer::sum);
  }

  /** The pauses between attempts grow to minutes, so the test moves the times of what is open. */
  private void awaitRest() {
    Eventually.within(
        Duration.ofMinutes(3),
        () -> {
          database
              .jdbi()
              .useHandle(
                  handle ->
                      handle.execute(
                          "UPDATE payments SET next_attempt_at = least(next_attempt_at,"
                              + " now() + interval '2 seconds') WHERE next_attempt_at IS NOT NULL"));
          return number(OPEN) == 0;
        });
  }

  private int number(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  private void audit() {
    Map<String, String> orders = rows("SELECT id || ' ' || state FROM orders");
    Map<String, String> purchases = rows("SELECT id || ' ' || status FROM purchases");
    Map<String, Integer> charged = new HashMap<>();
    Map<String, Integer> kept = new HashMap<>();
    int declined = 0;
    String after = "";
    do {
      JsonNode page = fleet.ledger().get("/charges?limit=100" + after).body();
      for (JsonNode charge : page.path("items")) {
        String order = charge.path("reference").asText();
        boolean succeeded = charge.path("status").asText().equals("SUCCEEDED");
        declined += succeeded ? 0 : 1;
        charged.merge(order, succeeded ? 1 : 0, Integer::sum);
        kept.merge(order, succeeded && !charge.has("refund") ? 1 : 0, Integer::sum);
      }
      after = page.path("next").isNull() ? null : "&after=" + page.path("next").asText();
    } while (after != null);
    report(orders, charged, declined);
    assertThat(contradictions).isEmpty();
    assertThat(database.stockInvariantViolations()).isZero();
    assertThat(orders.keySet()).containsAll(charged.keySet()).containsAll(orderOfKey.values());
    assertThat(charged.values()).allMatch(times -> times <= 1);
    orders.forEach(
        (id, state) -> {
          assertThat(kept.getOrDefault(id, 0))
              .as("money of the order %s, which is %s", id, state)
              .isEqualTo(state.equals("CONFIRMED") ? 1 : 0);
          assertThat("CONFIRMED".equals(purchases.get(id)))
              .as("purchase of the order %s, which is %s", id, state)
              .isEqualTo(state.equals("CONFIRMED"));
        });
    assertThat(toldConfirmed).allMatch(id -> orders.get(id).matches("CONFIRMED|REFUNDED"));
    assertThat(purchases.keySet()).containsAll(purchaseOfKey.values());
    assertThat(number("SELECT count(*) FROM orders WHERE state = 'CONFIRMED'")).isPositive();
  }

  private void report(Map<String, String> orders, Map<String, Integer> charged, int declined) {
    Map<String, Integer> states = new TreeMap<>();
    orders.values().forEach(state -> states.merge(state, 1, Integer::sum));
    System.out.printf(
        "torture of orders: %d s, seed %d%nharm: %s%norders: %s%nledger: %d charges of %d orders, %d declined%n",
        LENGTH.toSeconds(),
        SEED,
        fleet.harm(),
        states,
        charged.values().stream().mapToInt(Integer::intValue).sum(),
        charged.size(),
        declined);
    new TreeMap<>(answers).forEach((call, times) -> System.out.printf("%6d %s%n", times, call));
  }

  private Map<String, String> rows(String sql) {
    Map<String, String> rows = new HashMap<>();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(sql)
                    .mapTo(String.class)
                    .forEach(
                        row -> {
                          int space = row.indexOf(' ');
                          rows.put(row.substring(0, space), row.substring(space + 1));
                        }));
    return rows;
  }
}
