package io.boxoffice.purchase;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.TestApplication;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PurchaseApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped().with("salesDesk.maxWait", "1s");

  private ApiClient api;

  @BeforeEach
  void connect() {
    api = APPLICATION.client();
  }

  @Test
  void aPurchaseIsAReceiptWithTotalAndTickets() {
    JsonNode concert = api.createConcert(10, operator());

    Answer bought = api.buy(id(concert), 3);

    assertThat(bought.status()).isEqualTo(201);
    assertThat(bought.header("Location")).isEqualTo("/v1/purchases/" + bought.text("id"));
    assertThat(bought.body().path("total").path("amount").asInt()).isEqualTo(3 * 4500);
    assertThat(bought.body().path("ticketIds")).hasSize(3);
    assertThat(bought.text("status")).isEqualTo("CONFIRMED");
    assertThat(bought.body().has("cancelledAt")).isFalse();
    assertThat(api.get(bought.header("Location")).body()).isEqualTo(bought.body());
    assertThat(available(id(concert))).isEqualTo(7);
  }

  @Test
  void aTicketShowsTheConcertAndNotTheBuyer() {
    String ticketId =
        api.buy(id(api.createConcert(10, operator())), 1).body().path("ticketIds").get(0).asText();

    Answer ticket = api.get("/v1/tickets/" + ticketId);

    assertThat(ticket.text("title")).isEqualTo("Autumn Tour");
    assertThat(ticket.text("status")).isEqualTo("VALID");
    assertThat(ticket.raw().body()).doesNotContain("ada@example.com");
  }

  @Test
  void aCancellationReturnsTheStockAndVoidsTheTickets() {
    JsonNode concert = api.createConcert(10, operator());
    Answer bought = api.buy(id(concert), 4);

    Answer cancelled = api.post(bought.header("Location") + "/cancellation", "");
    Answer again = api.post(bought.header("Location") + "/cancellation", "");

    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
    assertThat(cancelled.text("cancelledAt")).isNotEmpty();
    assertThat(again.body()).isEqualTo(cancelled.body());
    assertThat(available(id(concert))).isEqualTo(10);
    String ticketId = bought.body().path("ticketIds").get(0).asText();
    assertThat(api.get("/v1/tickets/" + ticketId).text("status")).isEqualTo("CANCELLED");
    assertThat(APPLICATION.database().stockInvariantViolations()).isZero();
  }

  @Test
  void aSmallerRequestStillSellsAfterALargerOneWasRejected() {
    String concertId = id(api.createConcert(3, operator()));

    Answer tooMany = api.buy(concertId, 4);

    assertThat(tooMany.status()).isEqualTo(409);
    assertThat(tooMany.text("code")).isEqualTo("sold-out");
    assertThat(tooMany.body().path("available").asInt()).isEqualTo(3);
    assertThat(api.buy(concertId, 3).status()).isEqualTo(201);
  }

  @Test
  void nothingIsSoldOutsideTheSalesWindow() {
    String early =
        Bodies.concert(5)
            .replace("\"startsAt\"", "\"salesOpenAt\": \"2039-01-01T00:00:00Z\", \"startsAt\"");
    Answer notOpen = api.buy(id(api.post("/v1/concerts", early, operator()).body()), 1);
    assertThat(notOpen.text("code")).isEqualTo("sales-not-open");
    assertThat(notOpen.text("salesOpenAt")).isEqualTo("2039-01-01T00:00:00Z");

    String closing = id(api.createConcert(5, operator()));
    api.send(
        "PATCH",
        "/v1/concerts/" + closing,
        """
        {"salesOpenAt": "2020-01-01T00:00:00Z", "salesCloseAt": "2020-01-02T00:00:00Z"}
        """,
        operator());
    assertThat(api.buy(closing, 1).text("code")).isEqualTo("sales-closed");
  }

  @Test
  void theTicketTypeIsRequiredWhenThereAreSeveral() {
    String two =
        Bodies.concert(5)
            .replace(
                "[{",
                """
                [{"name": "Seat", "price": {"amount": 1, "currency": "EUR"}, "capacity": 5}, {""");
    JsonNode concert = api.post("/v1/concerts", two, operator()).body();

    assertThat(api.buy(id(concert), 1).body().path("errors").get(0).path("field").asText())
        .isEqualTo("ticketTypeId");
    Answer named = buyType(id(concert), concert.path("ticketTypes").get(1).path("id").asText());
    assertThat(named.status()).isEqualTo(201);
    assertThat(named.body().path("total").path("amount").asInt()).isEqualTo(4500);
  }

  @Test
  void aTicketTypeOfAnotherConcertIsRejected() {
    String concertId = id(api.createConcert(5, operator()));
    JsonNode other = api.createConcert(5, operator());

    Answer refused = buyType(concertId, other.path("ticketTypes").get(0).path("id").asText());

    assertThat(refused.status()).isEqualTo(422);
    assertThat(available(id(other))).isEqualTo(5);
  }

  @Test
  void aKeyReturnsItsReceiptAgainEvenWhenSoldOut() {
    String concertId = id(api.createConcert(2, operator()));
    Answer first = api.buy(concertId, 2, "Idempotency-Key", "key-of-the-last-two");

    Answer quoted = api.buy(concertId, 2, "Idempotency-Key", "\"key-of-the-last-two\"");

    assertThat(quoted.status()).isEqualTo(201);
    assertThat(quoted.body()).isEqualTo(first.body());
    assertThat(quoted.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
  }

  @Test
  void aKeyOfAnotherPurchaseOfTheConcertIsRejected() {
    String concertId = id(api.createConcert(10, operator()));
    api.buy(concertId, 2, "Idempotency-Key", "taken");

    Answer quantity = api.buy(concertId, 3, "Idempotency-Key", "taken");

    assertThat(quantity.status()).isEqualTo(422);
    assertThat(quantity.text("code")).isEqualTo("idempotency-key-reused");
    assertThat(available(concertId)).isEqualTo(8);
  }

  @Test
  void theSameKeyAtAnotherConcertBuysThere() {
    String concertId = id(api.createConcert(10, operator()));
    String other = id(api.createConcert(10, operator()));
    String first = id(api.buy(concertId, 2, "Idempotency-Key", "of-two-concerts").body());

    String second = id(api.buy(other, 2, "Idempotency-Key", "of-two-concerts").body());

    assertThat(second).isNotEqualTo(first);
    assertThat(id(api.buy(other, 2, "Idempotency-Key", "of-two-concerts").body()))
        .isEqualTo(second);
    assertThat(available(other)).isEqualTo(8);
  }

  @Test
  void aRejectionIsNotStoredUnderItsKey() {
    JsonNode concert = api.createConcert(1, operator());
    assertThat(api.buy(id(concert), 2, "Idempotency-Key", "retried").status()).isEqualTo(409);
    api.send(
        "PATCH",
        "/v1/concerts/" + id(concert),
        "{\"ticketTypes\": [{\"id\": \"%s\", \"capacity\": 5}]}"
            .formatted(concert.path("ticketTypes").get(0).path("id").asText()),
        operator());

    assertThat(api.buy(id(concert), 2, "Idempotency-Key", "retried").status()).isEqualTo(201);
  }

  @Test
  void operatorsSearchPurchasesByConcertAndBuyer() {
    String concertId = id(api.createConcert(10, operator()));
    for (int i = 0; i < 3; i++) {
      api.buy(concertId, 1);
    }
    String search = "/v1/purchases?email=ADA@example.com&limit=2&concertId=" + concertId;

    JsonNode first = api.get(search, operator()).body();
    JsonNode second = api.get(search + "&after=" + first.path("next").asText(), operator()).body();

    assertThat(first.path("items")).hasSize(2);
    assertThat(second.path("items")).hasSize(1);
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(api.get(search).status()).isEqualTo(401);
    assertThat(api.get("/v1/purchases?email=nobody@example.com", operator()).body().path("items"))
        .isEmpty();
  }

  @Test
  void aLockTimeoutIsReportedAsOverloadedAndNothingIsSold() {
    JsonNode concert = api.createConcert(5, operator());
    try (Handle holder = APPLICATION.database().jdbi().open()) {
      holder.begin();
      holder.execute("SELECT * FROM ticket_types FOR UPDATE");

      Answer refused = api.buy(id(concert), 1);

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.text("code")).isEqualTo("overloaded");
      assertThat(refused.header("Retry-After")).isNotEmpty();
      holder.rollback();
    }
    assertThat(available(id(concert))).isEqualTo(5);
  }

  @Test
  void queuedRequestsHoldNoServerThread() {
    JsonNode concert = api.createConcert(500, operator());
    try (Handle holder = APPLICATION.database().jdbi().open()) {
      holder.begin();
      holder.execute("SELECT * FROM ticket_types FOR UPDATE");
      List<CompletableFuture<Answer>> waiting =
          IntStream.range(0, 200) // Three times the number of server threads.
              .mapToObj(
                  i ->
                      api.sendAsync(
                          "POST", "/v1/concerts/" + id(concert) + "/purchases", Bodies.purchase(1)))
              .toList();
      APPLICATION.database().awaitLockWaiters(1);

      assertThat(api.get("/v1/concerts/" + id(concert)).status()).isEqualTo(200);
      assertThat(waiting).noneMatch(CompletableFuture::isDone);
      holder.rollback();
      waiting.forEach(answer -> assertThat(answer.join().status()).isIn(201, 503));
    }
  }

  @Test
  void unknownIdsAreNotFound() {
    String nowhere = "00000000-0000-7000-8000-000000000000";
    assertThat(api.buy(nowhere, 1).status()).isEqualTo(404);
    assertThat(api.get("/v1/purchases/" + nowhere).status()).isEqualTo(404);
    assertThat(api.get("/v1/tickets/" + nowhere).status()).isEqualTo(404);
    assertThat(api.post("/v1/purchases/" + nowhere + "/cancellation", "").status()).isEqualTo(404);
    assertThat(api.get("/v1/purchases/not-an-id").text("code")).isEqualTo("not-found");
  }

  private Answer buyType(String concertId, String ticketTypeId) {
    return api.post(
        "/v1/concerts/" + concertId + "/purchases",
        "{\"email\": \"ada@example.com\", \"quantity\": 1, \"ticketTypeId\": \"%s\"}"
            .formatted(ticketTypeId));
  }

  private int available(String concertId) {
    return api.get("/v1/concerts/" + concertId).body().path("available").asInt();
  }

  private static String id(JsonNode concert) {
    return concert.path("id").asText();
  }
}
