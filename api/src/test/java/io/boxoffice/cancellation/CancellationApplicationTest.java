package io.boxoffice.cancellation;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.app.BoxOfficeApplication;
import io.boxoffice.purchase.PurchaseModule;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.ScriptedPartner;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cancels concerts over HTTP, with a payment partner that does what its token says. */
class CancellationApplicationTest {
  private static final ScriptedPartner PARTNER = new ScriptedPartner();
  private static final TestDatabase DATABASE = TestDatabase.migrated();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.on(
          DATABASE,
          new BoxOfficeApplication(
              UnaryOperator.identity(), PurchaseModule::openDesk, shipped -> PARTNER));

  private static final Orders ORDERS = new Orders(DATABASE);

  private ApiClient api;
  private String path;
  private JsonNode concert;

  @BeforeEach
  void createConcert() {
    api = APPLICATION.client();
    concert = api.createConcert(100, operator());
    path = "/v1/concerts/" + concert.path("id").asText();
  }

  private Answer cancel(String body) {
    return api.post(path + "/cancellation", body, operator());
  }

  private Answer progress() {
    return api.get(path + "/cancellation", operator());
  }

  private UUID order(String token, String... headers) {
    String payment = token == null ? "" : ", \"payment\": {\"token\": \"%s\"}".formatted(token);
    Answer answer =
        api.post(
            path + "/orders",
            "{\"email\": \"ada@example.com\", \"quantity\": 2%s}".formatted(payment),
            Stream.concat(Stream.of("Prefer", "respond-async, wait=5"), Stream.of(headers))
                .toArray(String[]::new));
    assertThat(answer.status()).as(answer.raw().body()).isBetween(201, 202);
    return UUID.fromString(answer.text("id"));
  }

  private UUID confirmedOrder() {
    UUID id = order("ok");
    Eventually.within(LIMIT, () -> ORDERS.state(id).equals("CONFIRMED"));
    return id;
  }

  private UUID orderPaidSlowly() {
    UUID id = order(null);
    Answer paying =
        api.post(
            "/v1/orders/" + id + "/payment", "{\"token\": \"slow\"}", "Prefer", "respond-async");
    assertThat(paying.status()).isEqualTo(202);
    return id;
  }

  private void awaitCompletion() {
    Eventually.within(LIMIT, () -> progress().body().has("completedAt"));
  }

  @Test
  void everythingIsGivenBack() {
    Answer bought = api.buy(concert.path("id").asText(), 3, "Idempotency-Key", "k");
    UUID held = order(null);
    UUID confirmed = confirmedOrder();
    UUID paying = orderPaidSlowly();
    UUID declined = orderDeclined();
    UUID refundedBefore = confirmedOrder();
    api.post("/v1/orders/" + refundedBefore + "/refund", "", operator());
    Eventually.within(LIMIT, () -> ORDERS.state(refundedBefore).equals("REFUNDED"));
    String tag = api.get(path).header("ETag");

    Answer cancelled = cancel("{\"reason\": \"The artist is ill\"}");
    assertThat(cancelled.status()).as(cancelled.raw().body()).isEqualTo(202);
    assertThat(cancelled.header("Location")).isEqualTo(path + "/cancellation");
    assertThat(cancelled.text("reason")).isEqualTo("The artist is ill");
    assertTheSaleHasEnded(cancelled.text("cancelledAt"), tag);

    // The partner can return the money before the task has reached the purchases.
    Eventually.within(
        LIMIT,
        () -> {
          JsonNode now = progress().body();
          return now.at("/money/0/refunded/orders").asInt() == 1
              && now.at("/purchases/confirmed").asInt() == 0;
        });
    JsonNode waiting = progress().body();
    assertThat(waiting.has("completedAt")).isFalse();
    assertThat(waiting.at("/orders/paying").asInt()).isEqualTo(1);
    assertThat(waiting.at("/orders/unanswered").asInt()).isEqualTo(1);
    assertThat(waiting.at("/purchases/cancelled").asInt()).isEqualTo(1);

    PARTNER.answerSlow();
    awaitCompletion();
    JsonNode done = progress().body();
    assertThat(done.at("/orders/cancelled").asInt()).isEqualTo(1);
    assertThat(done.at("/orders/refunded").asInt()).isEqualTo(2);
    assertThat(done.at("/money/0/refunded/amount").asInt())
        .isEqualTo(4 * concert.at("/ticketTypes/0/price/amount").asInt());
    assertThat(done.at("/money/0/refunding/orders").asInt()).isZero();
    assertThat(
            List.of(held, confirmed, paying, declined, refundedBefore).stream().map(ORDERS::state))
        .containsExactly("CANCELLED", "REFUNDED", "REFUNDED", "DECLINED", "REFUNDED");
    assertThat(PARTNER.hasMoney(confirmed) || PARTNER.hasMoney(paying)).isFalse();
    assertThat(ORDERS.history(confirmed)).contains("CONCERT_CANCELLED CONFIRMED REFUNDING");
    assertThat(ORDERS.history(paying))
        .containsExactly(
            "PAY HELD PAYING", "CHARGE_SUCCEEDED PAYING REFUNDING", "REFUNDED REFUNDING REFUNDED");
    assertThat(api.get("/v1/purchases/" + bought.text("id")).text("status")).isEqualTo("CANCELLED");
    assertThat(api.get(path).body().path("available").asInt()).isEqualTo(100);
    assertThat(DATABASE.stockInvariantViolations()).isZero();

    Answer replay = api.buy(concert.path("id").asText(), 3, "Idempotency-Key", "k");
    assertThat(replay.status()).isEqualTo(201);
    assertThat(replay.text("status")).isEqualTo("CANCELLED");
    Answer again = cancel("{\"reason\": \"another\"}");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(progress().body());
    assertThat(again.text("reason")).isEqualTo("The artist is ill");
  }

  private UUID orderDeclined() {
    UUID id = order(null);
    assertThat(api.post("/v1/orders/" + id + "/payment", "{\"token\": \"declined\"}").status())
        .isEqualTo(402);
    return id;
  }

  private void assertTheSaleHasEnded(String cancelledAt, String tagBefore) {
    String buyer = "{\"email\": \"ada@example.com\", \"quantity\": 1}";
    for (String call : List.of("/purchases", "/orders")) {
      Answer refused = api.post(path + call, buyer);
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.text("code")).isEqualTo("concert-cancelled");
      assertThat(refused.text("cancelledAt")).isEqualTo(cancelledAt);
    }
    Answer read = api.get(path);
    assertThat(read.text("cancelledAt")).isEqualTo(cancelledAt);
    assertThat(read.header("ETag")).isNotEqualTo(tagBefore);
    assertThat(api.get("/v1/concerts?limit=100&onSale=true").raw().body())
        .doesNotContain(concert.path("id").asText());
    for (String method : List.of("PATCH", "DELETE")) {
      Answer refused =
          api.send(method, path, method.equals("PATCH") ? "{\"title\": \"t\"}" : null, operator());
      assertThat(refused.text("code")).as(method).isEqualTo("concert-cancelled");
    }
  }

  @Test
  void aConcertWithoutSalesIsGivenBackAtOnce() {
    Answer cancelled = cancel("");
    assertThat(cancelled.status()).as(cancelled.raw().body()).isEqualTo(202);
    assertThat(cancelled.body().has("reason")).isFalse();
    awaitCompletion();
    assertThat(progress().body().path("money")).isEmpty();
  }

  @Test
  void theBodyIsOptionalInEveryForm() {
    assertThat(api.send("POST", path + "/cancellation", null, operator()).status()).isEqualTo(202);
    for (String body : List.of("{}", "{\"reason\": null}")) {
      assertThat(cancel(body).status()).as(body).isBetween(200, 202);
    }
    assertThat(cancel("{\"reason\": \"\"}").status()).isEqualTo(422);
    assertThat(cancel("{\"reason\": \"%s\"}".formatted("r".repeat(501))).status()).isEqualTo(422);
    assertThat(cancel("{\"other\": 1}").status()).isEqualTo(422);
    assertThat(cancel("{").status()).isEqualTo(400);
  }

  @Test
  void onlyOperatorsCancelAndRead() {
    assertThat(api.post(path + "/cancellation", "{}").status()).isEqualTo(401);
    assertThat(api.get(path + "/cancellation").status()).isEqualTo(401);
    assertThat(progress().status()).as("it is not cancelled").isEqualTo(404);
    path = "/v1/concerts/" + UUID.randomUUID();
    assertThat(cancel("{}").status()).isEqualTo(404);
  }

  @Test
  void aRushDuringTheCancellationLeavesNothing() {
    List<CompletableFuture<Answer>> buyers =
        Stream.generate(
                () ->
                    List.of(
                        api.sendAsync("POST", path + "/purchases", Bodies.purchase(1)),
                        api.sendAsync(
                            "POST",
                            path + "/orders",
                            "{\"email\": \"ada@example.com\", \"quantity\": 1,"
                                + " \"payment\": {\"token\": \"ok\"}}")))
            .limit(40)
            .flatMap(List::stream)
            .toList();
    Eventually.within(LIMIT, () -> buyers.stream().anyMatch(answer -> answer.isDone()));
    assertThat(cancel("{}").status()).isEqualTo(202);
    List<Answer> answers = buyers.stream().map(CompletableFuture::join).toList();
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 409)
        .allSatisfy(
            answer ->
                assertThat(answer.text("code")).isIn("concert-cancelled", "order-not-payable"));
    awaitCompletion();

    UUID id = UUID.fromString(concert.path("id").asText());
    assertThat(
            ORDERS.text(
                "SELECT count(*) FROM purchases WHERE concert_id = ? AND status = 'CONFIRMED'", id))
        .isEqualTo("0");
    assertThat(
            ORDERS.text(
                "SELECT count(*) FROM orders WHERE concert_id = ?"
                    + " AND state NOT IN ('CANCELLED', 'REFUNDED')",
                id))
        .isEqualTo("0");
    List<UUID> all =
        DATABASE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("SELECT id FROM orders WHERE concert_id = :id")
                        .bind("id", id)
                        .mapTo(UUID.class)
                        .list());
    assertThat(all).isNotEmpty().noneMatch(PARTNER::hasMoney);
    assertThat(DATABASE.stockInvariantViolations()).isZero();
  }
}
