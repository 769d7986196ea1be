package io.boxoffice.purchase;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.RewrittenSql;
import io.boxoffice.testing.TestApplication;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Crowds that want the same thing at once. Each test runs a second time with its guard taken out,
 * where the same crowd must do harm; else the test would prove nothing.
 */
class RaceApplicationTest {
  private static final int BUYERS = 200;
  private static final int TICKETS = 100;

  /** Without the row lock, and with a pause between decision and write that lets others in. */
  private static final Map<String, String> WITHOUT_STOCK_LOCK =
      Map.of(
          "FOR UPDATE OF t", "",
          "SET available = available - :quantity WHERE",
              "SET available = available - :quantity FROM (SELECT pg_sleep(0.02)) AS pause WHERE");

  private static final String DROP_STOCK_CHECK =
      "ALTER TABLE ticket_types DROP CONSTRAINT ticket_types_stock";

  @Test
  void aCrowdBuysExactlyWhatThereIs() throws Exception {
    try (Run run = Run.of(TestApplication.shipped())) {
      List<Answer> answers = rush(run);

      assertThat(statuses(answers)).isEqualTo(Map.of(201, 100L, 409, 100L));
      assertThat(answers)
          .filteredOn(answer -> answer.status() == 409)
          .allSatisfy(answer -> assertThat(answer.text("code")).isEqualTo("sold-out"));
      assertThat(run.app().database().stockInvariantViolations()).isZero();
    }
  }

  @Test
  void withoutTheLockTheDatabaseStillRefusesToOversell() throws Exception {
    try (Run run = Run.of(TestApplication.changed(new RewrittenSql(WITHOUT_STOCK_LOCK)))) {
      List<Answer> answers = rush(run);

      assertThat(statuses(answers).get(201)).isEqualTo(TICKETS);
      assertThat(run.app().database().stockInvariantViolations()).isZero();
    }
  }

  @Test
  void withoutTheLockAndTheConstraintTheSameCrowdOverbuys() throws Exception {
    try (Run run = Run.of(TestApplication.changed(new RewrittenSql(WITHOUT_STOCK_LOCK)))) {
      run.app().database().jdbi().useHandle(handle -> handle.execute(DROP_STOCK_CHECK));

      assertThat(statuses(rush(run)).get(201)).isGreaterThan(TICKETS);
    }
  }

  @Test
  void aPurchaseCancelledByTwentyAtOnceReturnsItsStockOnce() throws Exception {
    try (Run run = Run.of(TestApplication.shipped())) {
      assertThat(availableAfterTwentyCancellations(run)).isEqualTo(TICKETS - 10);
      assertThat(run.app().database().stockInvariantViolations()).isZero();
    }
  }

  @Test
  void withoutTheStatusCheckTheSameTwentyReturnTooMuch() throws Exception {
    RewrittenSql unguarded =
        new RewrittenSql(
            Map.of(
                "WHERE id = :id AND status = 'CONFIRMED'",
                "FROM (SELECT pg_sleep(0.03)) AS pause WHERE id = :id"));
    try (Run run = Run.of(TestApplication.changed(unguarded))) {
      run.app().database().jdbi().useHandle(handle -> handle.execute(DROP_STOCK_CHECK));

      assertThat(availableAfterTwentyCancellations(run)).isGreaterThan(TICKETS - 10);
    }
  }

  @Test
  void oneKeyUsedByTwentyAtOnceBuysOnce() throws Exception {
    try (Run run = Run.of(TestApplication.shipped())) {
      List<Answer> answers = buyWithOneKey(run);

      assertThat(statuses(answers)).isEqualTo(Map.of(201, 20L));
      assertThat(answers.stream().map(answer -> answer.raw().body()).distinct()).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> answer.header("Idempotency-Replayed").equals("true"))
          .hasSize(19);
      assertThat(available(run)).isEqualTo(TICKETS - 1);
    }
  }

  @Test
  void withoutTheKeyTheSameTwentyBuyTwenty() throws Exception {
    RewrittenSql forgetful =
        new RewrittenSql(Map.of("p.idempotency_key = :key", "p.idempotency_key = :key AND false"));
    try (Run run = Run.of(TestApplication.changed(forgetful))) {
      run.app()
          .database()
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      "ALTER TABLE purchases DROP CONSTRAINT purchases_idempotency_key"));
      buyWithOneKey(run);

      assertThat(available(run)).isEqualTo(TICKETS - 20);
    }
  }

  @Test
  void twoReplicasOnOneDatabaseSellExactlyWhatThereIs() throws Exception {
    TestApplication first = TestApplication.shipped();
    try (Run run = Run.of(first);
        Run second = Run.of(TestApplication.on(first.database()))) {
      String concertId = run.client().createConcert(TICKETS, operator()).path("id").asText();
      CompletableFuture<List<Answer>> atFirst =
          CompletableFuture.supplyAsync(() -> run.client().rush(concertId, BUYERS / 2));
      List<Answer> atSecond = second.client().rush(concertId, BUYERS / 2);

      assertThat(sold(atFirst.join()) + sold(atSecond)).isEqualTo(TICKETS);
      assertThat(sold(atFirst.join())).isPositive();
      assertThat(sold(atSecond)).isPositive();
      assertThat(first.database().stockInvariantViolations()).isZero();
    }
  }

  /** A running service that is stopped at the end of a test. */
  private record Run(TestApplication app, ApiClient client) implements AutoCloseable {
    static Run of(TestApplication application) throws Exception {
      application.start();
      return new Run(application, application.client());
    }

    @Override
    public void close() {
      app.stop();
    }
  }

  private static List<Answer> rush(Run run) {
    String concertId = run.client().createConcert(TICKETS, operator()).path("id").asText();
    return run.client().rush(concertId, BUYERS);
  }

  private static int availableAfterTwentyCancellations(Run run) {
    String concertId = run.client().createConcert(TICKETS, operator()).path("id").asText();
    run.client().buy(concertId, 10);
    String purchaseId = run.client().buy(concertId, 2).text("id");
    List<Answer> answers =
        atOnce(20, () -> cancel(run, purchaseId)).stream().map(CompletableFuture::join).toList();
    assertThat(statuses(answers)).isEqualTo(Map.of(200, 20L));
    assertThat(answers.get(0).text("status")).isEqualTo("CANCELLED");
    return available(run);
  }

  private static CompletableFuture<Answer> cancel(Run run, String purchaseId) {
    return run.client().sendAsync("POST", "/v1/purchases/" + purchaseId + "/cancellation", null);
  }

  private static List<Answer> buyWithOneKey(Run run) {
    String concertId = run.client().createConcert(TICKETS, operator()).path("id").asText();
    return atOnce(
            20,
            () ->
                run.client()
                    .sendAsync(
                        "POST",
                        "/v1/concerts/" + concertId + "/purchases",
                        Bodies.purchase(1),
                        "Idempotency-Key",
                        "order-1"))
        .stream()
        .map(CompletableFuture::join)
        .toList();
  }

  private static List<CompletableFuture<Answer>> atOnce(
      int times, Supplier<CompletableFuture<Answer>> call) {
    return IntStream.range(0, times).mapToObj(i -> call.get()).toList();
  }

  private static int available(Run run) {
    return run.client().get("/v1/concerts").body().path("items").get(0).path("available").asInt();
  }

  private static long sold(List<Answer> answers) {
    return answers.stream().filter(answer -> answer.status() == 201).count();
  }

  private static Map<Integer, Long> statuses(List<Answer> answers) {
    return answers.stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
  }
}
