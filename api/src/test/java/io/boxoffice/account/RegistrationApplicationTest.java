package io.boxoffice.account;

import static io.boxoffice.testing.Person.PASSWORD;
import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.TestApplication;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  private ApiClient api;

  @BeforeEach
  void connect() {
    api = APPLICATION.client();
  }

  private Answer register(String email) {
    return api.post("/v1/accounts", Person.email(email));
  }

  private Answer verify(String code, String password) {
    return api.post("/v1/account-verifications", Person.code(code, password));
  }

  @Test
  void theCodeOfTheMailCreatesTheAccountOnce() {
    assertThat(register("ada@example.com").status()).isEqualTo(202);
    String code = Person.newestCode(api, "ada@example.com");

    Answer created = verify(code, PASSWORD);
    assertThat(created.status()).as(created.raw().body()).isEqualTo(201);
    assertThat(created.text("email")).isEqualTo("ada@example.com");
    assertThat(created.text("role")).isEqualTo("BUYER");
    assertThat(created.raw().body()).doesNotContain("password", "argon");

    Answer again = verify(code, PASSWORD);
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.text("code")).isEqualTo("code-not-valid");
  }

  @Test
  void theAnswerIsTheSameForAKnownAddressAndTheMailDiffers() {
    Person known = Person.registered(api);
    Answer first = register("unknown@example.com");
    Answer second = register(known.email());

    assertThat(second.status()).isEqualTo(first.status()).isEqualTo(202);
    assertThat(second.raw().body()).isEqualTo(first.raw().body()).isEmpty();
    assertThat(second.raw().headers().map().keySet())
        .isEqualTo(first.raw().headers().map().keySet());
    assertThat(Person.newestMail(api, "unknown@example.com").path("kind").asText())
        .isEqualTo("verification");
    assertThat(Person.newestMail(api, known.email()).path("kind").asText())
        .isEqualTo("already-registered");
    assertThat(verify(Person.newestCode(api, known.email()), PASSWORD).text("code"))
        .isEqualTo("code-not-valid");
  }

  @Test
  void anAddressHasOneAccountWhateverItsCase() {
    Person.registered(api, "Grace.Hopper@Example.COM".replace("Example.COM", "example.com"));
    register("gRACE.hOPPER@EXAMPLE.COM");
    // The mail goes to the address as it was registered, never to the one that was typed now.
    assertThat(Person.newestMail(api, "Grace.Hopper@example.com").path("kind").asText())
        .isEqualTo("already-registered");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gracehopper@example.com", "Grace.Hopper+2@example.com", "grace@sub.example.com"})
  void dotsAndPlusSignsMakeAnotherAddress(String other) {
    register(other);
    assertThat(Person.newestMail(api, other).path("kind").asText()).isEqualTo("verification");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ada@example.com",
        "ada@example.com ",
        "ada\\u0000@example.com",
        "ada@example.com\\nBcc: eve@example.com",
        "ada",
        "@example.com",
        "ada@",
        "a b@example.com"
      })
  void anythingElseIsRejected(String email) {
    Answer rejected = register(email);
    assertThat(rejected.status()).as(rejected.raw().body()).isEqualTo(422);
    assertThat(rejected.body().at("/errors/0/field").asText()).isEqualTo("email");
  }

  @ParameterizedTest
  @CsvSource({
    "fourteen chars,must have 15 to 128 characters",
    "correct horse battery staple,tried first",
    "CorrectHorseBatteryStaple,tried first",
    "ababababababababab,tried first",
    "careful-choice@example.com,tried first",
    "nul\\u0000nul nul nul nul,control characters",
  })
  void aPasswordThatIsNotAllowedLeavesTheCodeValid(String password, String message) {
    String email = "careful-choice@example.com";
    register(email);
    String code = Person.newestCode(api, email);

    Answer rejected = verify(code, password);
    assertThat(rejected.status()).as(rejected.raw().body()).isEqualTo(422);
    assertThat(rejected.body().at("/errors/0/field").asText()).isEqualTo("password");
    assertThat(rejected.body().at("/errors/0/message").asText()).contains(message);
    assertThat(rejected.raw().body()).doesNotContain(code);
    assertThat(verify(code, "another short").text("code")).isEqualTo("validation-failed");
  }

  @Test
  void aPasswordOfAMegabyteIsRejectedByTheLimitOfBodies() {
    register("long@example.com");
    String code = Person.newestCode(api, "long@example.com");
    assertThat(verify(code, "x".repeat(1_000_000)).status()).isEqualTo(413);
    assertThat(verify(code, "0123456789 ".repeat(12)).status()).isEqualTo(422);
    assertThat(verify(code, "0123456789abcdef".repeat(8)).status()).isEqualTo(201);
  }

  @Test
  void ofEightRequestsWithOneCodeOneCreatesTheAccount() {
    register("race@example.com");
    String body = Person.code(Person.newestCode(api, "race@example.com"), PASSWORD);
    List<CompletableFuture<Answer>> racers =
        IntStream.range(0, 8)
            .mapToObj(racer -> api.sendAsync("POST", "/v1/account-verifications", body))
            .toList();
    assertThat(racers.stream().map(CompletableFuture::join).map(Answer::status).sorted().toList())
        .containsExactly(201, 422, 422, 422, 422, 422, 422, 422);
  }

  @Test
  void aCodeExpires() throws Exception {
    TestApplication hasty =
        TestApplication.shipped().signing().with("accounts.codeLifetime", "1s").start();
    try {
      ApiClient client = hasty.client();
      client.post("/v1/accounts", Person.email("slow@example.com"));
      String body = Person.code(Person.newestCode(client, "slow@example.com"), "too short");
      Eventually.within(
          Duration.ofSeconds(30),
          () ->
              client.post("/v1/account-verifications", body).text("code").equals("code-not-valid"));
    } finally {
      hasty.stop();
    }
  }

  @Test
  void mailsAreForOperators() {
    assertThat(api.get("/v1/mails").status()).isEqualTo(401);
    Answer forbidden = Person.signedIn(api).get("/v1/mails");
    assertThat(forbidden.status()).isEqualTo(403);
    assertThat(forbidden.text("code")).isEqualTo("role-missing");

    for (int i = 0; i < 3; i++) {
      register("pages@example.com");
    }
    Answer first = api.get("/v1/mails?recipient=pages@example.com&limit=2", operator());
    assertThat(first.body().path("items")).hasSize(2);
    Answer rest =
        api.get(
            "/v1/mails?recipient=pages@example.com&limit=2&after=" + first.text("next"),
            operator());
    assertThat(rest.body().path("items")).hasSize(1);
    assertThat(rest.body().path("next").isNull()).isTrue();
  }
}
