package io.boxoffice.purchase;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.app.BoxOfficeApplication;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.RewrittenSql;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Tests races between many requests at two replicas on one database. Each test has a negative
 * control: without the guard, the same requests must do harm. Otherwise the test would prove
 * nothing.
 */
class RaceApplicationTest {
  private static final int BUYERS = 200;
  private static final int TICKETS = 100;

  /**
   * Removes the row lock, and the check of the remaining stock in the statement that takes no lock
   * before. Adds a pause between decision and write, so that other transactions run in between.
   */
  private static final Map<String, String> WITHOUT_STOCK_LOCK =
      Map.of(
          "FOR NO KEY UPDATE OF t", "",
          "available >= ?", "0 <= ? AND (SELECT true FROM pg_sleep(0.2))",
          "[array_position(?::uuid[], id)]",
              "[array_position(?::uuid[], id)] FROM (SELECT pg_sleep(0.2)) AS pause");

  private static final String DROP_STOCK_CHECK =
      "ALTER TABLE ticket_types DROP CONSTRAINT ticket_types_stock";

  @Test
  void manyRequestsBuyExactlyTheStock() throws Exception {
    try (Shop shop = Shop.open(BoxOfficeApplication::new)) {
      List<Answer> answers = shop.rush();

      assertThat(statuses(answers)).isEqualTo(Map.of(201, 100L, 409, 100L));
      assertThat(answers)
          .filteredOn(answer -> answer.status() == 409)
          .allSatisfy(answer -> assertThat(answer.text("code")).isEqualTo("sold-out"));
      assertThat(shop.database().stockInvariantViolations()).isZero();
    }
  }

  @Test
  void withoutTheLockTheConstraintStillPreventsOverselling() throws Exception {
    try (Shop shop = Shop.open(() -> new RewrittenSql(WITHOUT_STOCK_LOCK))) {
      assertThat(statuses(shop.rush()).get(201)).isLessThanOrEqualTo(TICKETS);
      assertThat(shop.database().stockInvariantViolations()).isZero();
    }
  }

  @Test
  void withoutTheLockAndTheConstraintTheSameRequestsOversell() throws Exception {
    try (Shop shop = Shop.open(() -> new RewrittenSql(WITHOUT_STOCK_LOCK))) {
      shop.execute(DROP_STOCK_CHECK);

      assertThat(statuses(shop.rush()).get(201)).isGreaterThan(TICKETS);
    }
  }

  @Test
  void twentyConcurrentCancellationsReturnTheStockOnce() throws Exception {
    try (Shop shop = Shop.open(BoxOfficeApplication::new)) {
      assertThat(availableAfterTwentyCancellations(shop)).isEqualTo(TICKETS - 10);
      assertThat(shop.database().stockInvariantViolations()).isZero();
    }
  }

  @Test
  void withoutTheStatusCheckTwentyCancellationsReturnTooMuch() throws Exception {
    Map<String, String> unguarded =
        Map.of(
            "WHERE id = ? AND status = 'CONFIRMED'",
            "FROM (SELECT pg_sleep(0.03)) AS pause WHERE id = ?");
    try (Shop shop = Shop.open(() -> new RewrittenSql(unguarded))) {
      shop.execute(DROP_STOCK_CHECK);

      assertThat(availableAfterTwentyCancellations(shop)).isGreaterThan(TICKETS - 10);
    }
  }

  @Test
  void twentyConcurrentRequestsWithOneKeyBuyOnce() throws Exception {
    try (Shop shop = Shop.open(BoxOfficeApplication::new)) {
      List<Answer> answers = buyWithOneKey(shop);

      assertThat(statuses(answers)).isEqualTo(Map.of(201, 20L));
      assertThat(answers.stream().map(answer -> answer.raw().body()).distinct()).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> answer.header("Idempotency-Replayed").equals("true"))
          .hasSize(19);
      assertThat(shop.available()).isEqualTo(TICKETS - 1);
    }
  }

  @Test
  void withoutTheKeyLookUpTwentyRequestsBuyMore() throws Exception {
    Map<String, String> withoutKeyLookUp =
        Map.of("idempotency_key = ANY", "false AND idempotency_key = ANY");
    try (Shop shop = Shop.open(() -> new RewrittenSql(withoutKeyLookUp))) {
      shop.execute("DROP INDEX purchases_key_of_concert");
      buyWithOneKey(shop);

      assertThat(shop.available()).isLessThan(TICKETS - 1);
    }
  }

  /** Runs two replicas on one database, with one concert on sale. */
  private record Shop(
      TestDatabase database,
      List<BoxOfficeApplication> services,
      List<TestApplication> replicas,
      String concertId)
      implements AutoCloseable {

    static Shop open(Supplier<BoxOfficeApplication> service) throws Exception {
      TestDatabase database = TestDatabase.migrated();
      List<BoxOfficeApplication> services = List.of(service.get(), service.get());
      List<TestApplication> replicas = new ArrayList<>();
      for (BoxOfficeApplication each : services) {
        replicas.add(TestApplication.on(database, each).start());
      }
      String concertId =
          replicas.get(0).client().createConcert(TICKETS, operator()).path("id").asText();
      return new Shop(database, services, replicas, concertId);
    }

    List<Answer> rush() {
      List<ApiClient> clients = replicas.stream().map(TestApplication::client).toList();
      List<CompletableFuture<List<Answer>>> halves =
          clients.stream()
              .map(
                  client -> CompletableFuture.supplyAsync(() -> client.rush(concertId, BUYERS / 2)))
              .toList();
      return halves.stream().flatMap(half -> half.join().stream()).toList();
    }

    /** Sends the same request twenty times, to each replica in turn. */
    List<Answer> twentyTimes(String path, String body, String... headers) {
      List<ApiClient> clients = replicas.stream().map(TestApplication::client).toList();
      Stream<CompletableFuture<Answer>> calls =
          IntStream.range(0, 20)
              .mapToObj(i -> clients.get(i % 2).sendAsync("POST", path, body, headers));
      return calls.toList().stream().map(CompletableFuture::join).toList();
    }

    ApiClient client() {
      return replicas.get(0).client();
    }

    void execute(String sql) {
      database.jdbi().useHandle(handle -> handle.execute(sql));
    }

    int available() {
      return client().get("/v1/concerts/" + concertId).body().path("available").asInt();
    }

    @Override
    public void close() {
      replicas.forEach(TestApplication::stop);
      assertThat(services)
          .allSatisfy(
              service -> {
                if (service instanceof RewrittenSql rewritten) {
                  assertThat(rewritten.neverFound()).isEmpty();
                }
              });
    }
  }

  private static int availableAfterTwentyCancellations(Shop shop) {
    shop.client().buy(shop.concertId(), 10);
    String purchaseId = shop.client().buy(shop.concertId(), 2).text("id");
    List<Answer> answers = shop.twentyTimes("/v1/purchases/" + purchaseId + "/cancellation", null);
    assertThat(statuses(answers)).isEqualTo(Map.of(200, 20L));
    assertThat(answers.get(0).text("status")).isEqualTo("CANCELLED");
    return shop.available();
  }

  private static List<Answer> buyWithOneKey(Shop shop) {
    return shop.twentyTimes(
        "/v1/concerts/" + shop.concertId() + "/purchases",
        Bodies.purchase(1),
        "Idempotency-Key",
        "order-1");
  }

  private static Map<Integer, Long> statuses(List<Answer> answers) {
    return answers.stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
  }
}
