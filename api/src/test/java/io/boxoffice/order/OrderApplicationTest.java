package io.boxoffice.order;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.app.BoxOfficeApplication;
import io.boxoffice.purchase.PurchaseModule;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.ScriptedPartner;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks orders over HTTP, with a payment partner that does what its token says. */
class OrderApplicationTest {
  private static final ScriptedPartner PARTNER = new ScriptedPartner();
  private static final TestDatabase DATABASE = TestDatabase.migrated();

  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.on(
              DATABASE,
              new BoxOfficeApplication(
                  UnaryOperator.identity(), PurchaseModule::openDesk, shipped -> PARTNER))
          .signing();

  private static final Orders ORDERS = new Orders(DATABASE);

  private ApiClient api;
  private Orders.Type type;
  private UUID id;

  @BeforeEach
  void hold() {
    api = APPLICATION.client();
    type = ORDERS.concert(4);
    id = ORDERS.hold(type, 2, Duration.ofMinutes(10));
  }

  private String path() {
    return "/v1/orders/" + id;
  }

  private Answer pay(String token, String... headers) {
    return api.post(path() + "/payment", body(token), headers);
  }

  private static String body(String token) {
    return "{\"token\": \"%s\"}".formatted(token);
  }

  @Test
  void anOrderIsReadAsItIs() {
    Answer read = api.get(path());
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.text("state")).isEqualTo("HELD");
    assertThat(read.body().at("/total/amount").asInt()).isEqualTo(9000);
    assertThat(read.body().has("purchaseId")).isFalse();
    assertThat(read.header("Vary")).contains("Prefer");
    assertThat(api.get("/v1/orders/" + UUID.randomUUID()).status()).isEqualTo(404);
  }

  @Test
  void aPaidOrderHasAPurchaseThatOnlyARefundCancels() {
    Answer paid = pay("ok");
    assertThat(paid.status()).as(paid.raw().body()).isEqualTo(200);
    assertThat(paid.text("state")).isEqualTo("CONFIRMED");
    assertThat(paid.text("purchaseId")).isEqualTo(id.toString());
    assertThat(pay("ok").status()).isEqualTo(200);
    assertThat(pay("declined").text("code")).isEqualTo("order-not-payable");

    Answer receipt = api.get("/v1/purchases/" + id);
    assertThat(receipt.body().path("ticketIds")).hasSize(2);
    Answer cancelled = api.post("/v1/purchases/" + id + "/cancellation", "");
    assertThat(cancelled.status()).isEqualTo(409);
    assertThat(cancelled.text("code")).isEqualTo("purchase-is-paid");
    assertThat(api.send("DELETE", path(), null).text("code")).isEqualTo("order-not-cancellable");

    assertThat(api.post(path() + "/refund", "").status()).isEqualTo(401);
    Answer refunding = api.post(path() + "/refund", "", operator());
    assertThat(refunding.status()).isEqualTo(202);
    assertThat(ORDERS.available(type)).isEqualTo(4);
    Eventually.within(
        Duration.ofSeconds(30), () -> api.get(path()).text("state").equals("REFUNDED"));
    assertThat(api.post(path() + "/refund", "", operator()).status()).isEqualTo(200);
    assertThat(PARTNER.hasMoney(id)).isFalse();
    assertThat(api.get("/v1/purchases/" + id).text("status")).isEqualTo("CANCELLED");
    assertThat(DATABASE.stockInvariantViolations()).isZero();
  }

  @Test
  void aDeclineNamesItsReason() {
    Answer declined = pay("declined");
    assertThat(declined.status()).isEqualTo(402);
    assertThat(declined.text("code")).isEqualTo("payment-declined");
    assertThat(declined.text("declineReason")).isEqualTo("card-declined");
    assertThat(ORDERS.available(type)).isEqualTo(4);
  }

  @Test
  void aClientThatDoesNotWaitGets202() {
    Answer accepted = pay("slow", "Prefer", "respond-async");
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.text("state")).isEqualTo("PAYING");
    assertThat(accepted.header("Location")).isEqualTo(path());
    assertThat(accepted.header("Retry-After")).isEqualTo("2");
    assertThat(accepted.header("Preference-Applied")).isEqualTo("respond-async");
    assertThat(accepted.header("Vary")).contains("Prefer");
    assertThat(pay("ok").text("code")).isEqualTo("payment-in-progress");
    assertThat(api.send("DELETE", path(), null).text("code")).isEqualTo("payment-in-progress");

    CompletableFuture<Answer> reader = api.sendAsync("GET", path(), null, "Prefer", "wait=25");
    Eventually.within(Duration.ofSeconds(30), () -> PARTNER.timesAsked(id) == 1);
    PARTNER.answerSlow();
    Answer changed = reader.join();
    assertThat(changed.text("state")).isEqualTo("CONFIRMED");
    assertThat(changed.header("Preference-Applied")).isEqualTo("wait=25");
  }

  @Test
  void aPaymentThatTakesLongerThanTheWaitGets202() {
    Answer accepted = pay("slow", "Prefer", "wait=0");
    assertThat(accepted.status()).isEqualTo(202);
    Eventually.within(Duration.ofSeconds(30), () -> PARTNER.timesAsked(id) == 1);
    PARTNER.answerSlow();
    assertThat(pay("slow").status()).isEqualTo(200);
  }

  @Test
  void aPartnerThatCannotBeAskedGets503AndTheOrderStaysHeld() {
    Answer refused = pay("unavailable");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.text("code")).isEqualTo("payment-unavailable");
    assertThat(refused.header("Retry-After")).isNotEmpty();
    assertThat(pay("ok").status()).isEqualTo(200);
  }

  @Test
  void anUnknownTokenIsInvalid() {
    Answer refused = pay("unheard-of");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().at("/errors/0/field").asText()).isEqualTo("token");
    assertThat(pay("ok").status()).isEqualTo(200);
  }

  @Test
  void aCancellationPutsTheTicketsBackOnSale() {
    for (int i = 0; i < 2; i++) {
      Answer cancelled = api.send("DELETE", path(), null);
      assertThat(cancelled.status()).isEqualTo(200);
      assertThat(cancelled.text("state")).isEqualTo("CANCELLED");
    }
    assertThat(ORDERS.available(type)).isEqualTo(4);
    assertThat(pay("ok").text("code")).isEqualTo("order-not-payable");
    assertThat(api.post(path() + "/refund", "", operator()).text("code"))
        .isEqualTo("order-not-refundable");
  }

  @Test
  void anExpiredHoldSellsAgain() {
    ORDERS.age(id, Duration.ofMinutes(20));
    Eventually.within(Duration.ofSeconds(30), () -> ORDERS.available(type) == 4);
    assertThat(api.buy(type.concertId().toString(), 4).status()).isEqualTo(201);
    assertThat(api.get(path()).text("state")).isEqualTo("EXPIRED");
  }

  @Test
  void anOrderOfAnAccountIsHiddenFromOthersAndAnonymisedWithIt() {
    Person owner = Person.signedIn(api);
    UUID account = UUID.fromString(owner.get("/v1/accounts/me").text("id"));
    id = ORDERS.hold(type, 1, Duration.ofMinutes(10), account);

    assertThat(api.get(path()).status()).isEqualTo(404);
    assertThat(pay("ok").status()).isEqualTo(404);
    assertThat(api.send("DELETE", path(), null).status()).isEqualTo(404);
    assertThat(Person.signedIn(api).get(path()).status()).isEqualTo(404);
    assertThat(api.get(path(), operator()).status()).isEqualTo(200);
    assertThat(owner.get(path()).text("accountId")).isEqualTo(account.toString());
    assertThat(owner.get("/v1/accounts/me/orders").body().at("/items/0/id").asText())
        .isEqualTo(id.toString());
    assertThat(owner.get("/v1/accounts/me/export").body().at("/orders/items/0/id").asText())
        .isEqualTo(id.toString());
    assertThat(Person.signedIn(api).get("/v1/accounts/me/orders").body().path("items")).isEmpty();
    assertThat(owner.send("POST", path() + "/payment", body("ok")).status()).isEqualTo(200);

    assertThat(
            owner
                .send(
                    "DELETE",
                    "/v1/accounts/me",
                    "{\"password\": \"%s\"}".formatted(Person.PASSWORD))
                .status())
        .isEqualTo(204);
    Answer left = api.get(path(), operator());
    assertThat(left.text("email")).startsWith("deleted-");
    assertThat(left.body().has("accountId")).isFalse();
    assertThat(ORDERS.text("SELECT email FROM purchases WHERE id = ?", id)).startsWith("deleted-");
  }
}
