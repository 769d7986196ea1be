package io.boxoffice.account;

import static io.boxoffice.testing.Person.PASSWORD;
import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.TestApplication;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OwnPurchasesApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  private ApiClient api;
  private String concert;

  @BeforeEach
  void putAConcertOnSale() {
    api = APPLICATION.client();
    concert = api.createConcert(100, operator()).path("id").asText();
  }

  private Answer buy(String email, String... headers) {
    return api.post(
        "/v1/concerts/" + concert + "/purchases",
        "{\"email\": \"%s\", \"quantity\": 1}".formatted(email),
        headers);
  }

  private static List<String> purchasesOf(Person person) {
    return person
        .get("/v1/accounts/me/purchases?limit=100")
        .body()
        .path("items")
        .findValuesAsText("id");
  }

  @Test
  void aPurchaseWithASessionBelongsToTheAccountAlone() {
    Person person = Person.signedIn(api);
    Person other = Person.signedIn(api);
    Answer bought = buy("friend@example.com", person.bearer());
    assertThat(bought.status()).isEqualTo(201);
    String path = bought.header("Location");

    assertThat(purchasesOf(person)).containsExactly(bought.text("id"));
    assertThat(purchasesOf(other)).isEmpty();
    assertThat(person.get(path).body()).isEqualTo(bought.body());
    assertThat(api.get(path, operator()).status()).isEqualTo(200);
    for (Answer refused :
        List.of(
            api.get(path),
            other.get(path),
            api.post(path + "/cancellation", null),
            other.send("POST", path + "/cancellation", null))) {
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.text("detail")).isEqualTo("There is no purchase with this id.");
    }
    assertThat(person.send("POST", path + "/cancellation", null).text("status"))
        .isEqualTo("CANCELLED");
  }

  @Test
  void aPurchaseWithoutASessionIsAsBefore() {
    Answer bought = buy("guest@example.com");
    assertThat(bought.body().has("accountId")).isFalse();
    assertThat(buy("guest@example.com", operator()).body().has("accountId")).isFalse();
    assertThat(buy("guest@example.com", "Authorization", "Basic eDp5").status()).isEqualTo(201);
    String path = bought.header("Location");
    assertThat(api.get(path).status()).isEqualTo(200);
    assertThat(Person.signedIn(api).get(path).status()).isEqualTo(200);
    assertThat(api.post(path + "/cancellation", null).status()).isEqualTo(200);
  }

  @Test
  void aTokenThatIsNotValidBuysNothing() {
    Person person = Person.signedIn(api);
    String[] ended = person.bearer();
    person.send("DELETE", "/v1/sessions", null);
    assertThat(buy(person.email(), ended).status()).isEqualTo(401);
    assertThat(buy(person.email(), "Authorization", "Bearer nonsense").status()).isEqualTo(401);
    assertThat(api.get("/v1/concerts/" + concert).body().path("available").asInt()).isEqualTo(100);
  }

  @Test
  void batchesMixPurchasesWithAndWithoutAnAccount() {
    Person person = Person.signedIn(api);
    String path = "/v1/concerts/" + concert + "/purchases";
    List<Answer> answers =
        IntStream.range(0, 40)
            .mapToObj(
                buyer ->
                    buyer % 2 == 0
                        ? api.sendAsync("POST", path, Bodies.purchase(1), person.bearer())
                        : api.sendAsync("POST", path, Bodies.purchase(1)))
            .toList()
            .stream()
            .map(java.util.concurrent.CompletableFuture::join)
            .toList();
    assertThat(answers).extracting(Answer::status).containsOnly(201);
    assertThat(purchasesOf(person))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 40)
                .filter(buyer -> buyer % 2 == 0)
                .mapToObj(buyer -> answers.get(buyer).text("id"))
                .toList());
    assertThat(APPLICATION.database().stockInvariantViolations()).isZero();
  }

  @Test
  void aKeyOfOneCallerIsNotReplayedToAnother() {
    Person person = Person.signedIn(api);
    String[] mine = {
      "Idempotency-Key", "key-of-an-account", person.bearer()[0], person.bearer()[1]
    };
    Answer first = buy("ada@example.com", mine);
    assertThat(buy("ada@example.com", mine).text("id")).isEqualTo(first.text("id"));
    Answer other = buy("ada@example.com", "Idempotency-Key", "key-of-an-account");
    assertThat(other.text("code")).isEqualTo("idempotency-key-reused");
  }

  @Test
  void earlierPurchasesOfTheAddressAreClaimedOnce() {
    Person person = Person.signedIn(api);
    String before = buy(person.email()).text("id");
    String otherCase = buy(person.email().replace("person", "PERSON")).text("id");
    String another = buy("x" + person.email()).text("id");
    Person rival = Person.signedIn(api);
    String rivals = buy(person.email(), rival.bearer()).text("id");

    assertThat(claim(person).body().path("claimed").asInt()).isEqualTo(2);
    assertThat(purchasesOf(person)).containsExactlyInAnyOrder(before, otherCase);
    assertThat(claim(person).body().path("claimed").asInt()).isZero();
    assertThat(api.get("/v1/purchases/" + before).status()).isEqualTo(404);
    assertThat(api.get("/v1/purchases/" + another).status()).isEqualTo(200);
    assertThat(purchasesOf(rival)).containsExactly(rivals);
  }

  @Test
  void earlierOrdersOfTheAddressAreClaimedToo() {
    Person person = Person.signedIn(api);
    String order = order(person.email());
    String another = order("x" + person.email());
    Person rival = Person.signedIn(api);
    String rivals = order(person.email(), rival.bearer());

    assertThat(claim(person).body().path("claimedOrders").asInt()).isEqualTo(1);
    assertThat(ordersOf(person)).containsExactly(order);
    assertThat(claim(person).body().path("claimedOrders").asInt()).isZero();
    assertThat(api.get("/v1/orders/" + order).status()).isEqualTo(404);
    assertThat(api.get("/v1/orders/" + another).status()).isEqualTo(200);
    assertThat(ordersOf(rival)).containsExactly(rivals);
  }

  private String order(String email, String... headers) {
    Answer ordered =
        api.post(
            "/v1/concerts/" + concert + "/orders",
            "{\"email\": \"%s\", \"quantity\": 1}".formatted(email),
            headers);
    assertThat(ordered.status()).isEqualTo(201);
    return ordered.text("id");
  }

  private static List<String> ordersOf(Person person) {
    return person.get("/v1/accounts/me/orders").body().path("items").findValuesAsText("id");
  }

  private static Answer claim(Person person) {
    return person.send("POST", "/v1/accounts/me/purchase-claims", null);
  }

  @Test
  void aLetterThatTheDatabaseFoldsClaimsNothing() {
    // Some collations map the Kelvin sign to k. Its NFC is K, but a purchase keeps what was typed.
    Person mike = Person.registered(api, "mike@example.com").signIn();
    buy("mi\u212ae@example.com");
    buy("m\u0131ke@example.com");
    assertThat(claim(mike).body().path("claimed").asInt()).isZero();
  }

  @Test
  void aDeletionRemovesThePersonAndKeepsThePurchase() {
    Person person = Person.signedIn(api);
    Answer owned = buy(person.email(), person.bearer());
    Answer unclaimed = buy(person.email());
    assertThat(
            person
                .get("/v1/accounts/me/export")
                .body()
                .at("/purchases/items")
                .findValuesAsText("id"))
        .containsExactly(owned.text("id"));

    assertThat(
            person
                .send("DELETE", "/v1/accounts/me", "{\"password\": \"%s\"}".formatted(PASSWORD))
                .status())
        .isEqualTo(204);
    List<String> addresses =
        List.of(
            api.get(owned.header("Location"), operator()).text("email"),
            api.get(unclaimed.header("Location"), operator()).text("email"));
    assertThat(addresses).allMatch(email -> email.matches("deleted-[0-9a-f-]{36}@account.invalid"));
    assertThat(addresses.get(0)).isEqualTo(addresses.get(1));
    assertThat(api.get("/v1/purchases?email=" + person.email(), operator()).body().path("items"))
        .isEmpty();
    assertThat(api.get("/v1/concerts/" + concert).body().path("available").asInt()).isEqualTo(98);
  }
}
