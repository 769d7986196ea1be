package io.boxoffice.account.session;

import static io.boxoffice.testing.Person.PASSWORD;
import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.TestApplication;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionApplicationTest {
  /** More failures than any test here has, so that none is delayed. */
  private static final String MANY = "1000";

  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped().signing().with("accounts.sessions.failuresWithoutDelay", MANY);

  private ApiClient api;

  @BeforeEach
  void connect() {
    api = APPLICATION.client();
  }

  private Answer signIn(String email, String password) {
    return api.post("/v1/sessions", Person.credentials(email, password));
  }

  @Test
  void eachSignInStartsASessionOfItsOwn() {
    Person person = Person.registered(api);
    Answer first = signIn(person.email(), PASSWORD);
    Answer second = signIn(person.email(), PASSWORD);

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.text("tokenType")).isEqualTo("Bearer");
    assertThat(first.body().path("expiresIn").asInt()).isEqualTo(300);
    assertThat(first.header("Cache-Control")).isEqualTo("no-store");
    assertThat(second.text("sessionId")).isNotEqualTo(first.text("sessionId"));
    assertThat(second.text("refreshToken")).isNotEqualTo(first.text("refreshToken"));
  }

  @Test
  void aWrongPasswordAndAnUnknownAddressGetTheSameAnswer() {
    Person person = Person.registered(api);
    Answer wrong = signIn(person.email(), "another quiet lamp over doors");
    Answer unknown = signIn("unknown-" + person.email(), PASSWORD);

    for (Answer answer : List.of(wrong, unknown)) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.text("code")).isEqualTo("sign-in-failed");
      assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"boxoffice\"");
    }
    assertThat(unknown.text("detail")).isEqualTo(wrong.text("detail"));
  }

  /** 30 tries each; the medians may differ by a half, because other tests share the processor. */
  @Test
  void aWrongPasswordAndAnUnknownAddressTakeTheSameTime() {
    Person person = Person.registered(api);
    List<Long> wrong = new ArrayList<>();
    List<Long> unknown = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      wrong.add(nanos(person.email()));
      unknown.add(nanos("nobody-" + i + "@example.com"));
    }
    assertThat(median(unknown) / median(wrong)).isBetween(1 / 1.5, 1.5);
  }

  private long nanos(String email) {
    long begin = System.nanoTime();
    assertThat(signIn(email, "not the password of anybody").status()).isEqualTo(401);
    return System.nanoTime() - begin;
  }

  private static double median(List<Long> times) {
    Collections.sort(times);
    return times.get(times.size() / 2);
  }

  @Test
  void aFloodOfSignInsIsBoundedAndCounted() throws Exception {
    TestApplication small =
        TestApplication.shipped()
            .signing()
            .with("accounts.sessions.failuresWithoutDelay", MANY)
            .with("accounts.hashing.queueLength", "2")
            .start();
    try {
      ApiClient client = small.client();
      String body = Person.credentials("nobody@example.com", PASSWORD);
      List<Answer> answers =
          IntStream.range(0, 30)
              .mapToObj(i -> client.sendAsync("POST", "/v1/sessions", body))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
      assertThat(answers).extracting(Answer::status).contains(401, 503).containsOnly(401, 503);
      List<Answer> overloaded = answers.stream().filter(answer -> answer.status() == 503).toList();
      assertThat(overloaded)
          .allSatisfy(
              answer -> {
                assertThat(answer.text("code")).isEqualTo("overloaded");
                assertThat(answer.header("Retry-After")).isEqualTo("5");
              });
      assertThat(small.adminClient().get("/metrics").raw().body())
          .contains(
              "sign_ins_total{method=\"password\",outcome=\"overloaded\",} %d.0"
                  .formatted(overloaded.size()));
    } finally {
      small.stop();
    }
  }

  @Test
  void theListShowsOwnSessionsAndEachCanBeEnded() {
    Person person = Person.signedIn(api);
    Person phone = person.at(api).signIn();
    Person other = Person.signedIn(api);

    JsonNode sessions = phone.get("/v1/sessions").body().path("items");
    assertThat(sessions.findValuesAsText("id"))
        .containsExactlyInAnyOrder(person.session(), phone.session());
    assertThat(phone.get("/v1/sessions?limit=1").text("next")).isNotEmpty();

    assertThat(other.send("DELETE", "/v1/sessions/" + person.session(), null).status())
        .isEqualTo(404);
    assertThat(phone.send("DELETE", "/v1/sessions/" + person.session(), null).status())
        .isEqualTo(204);
    assertThat(person.get("/v1/sessions").status()).isEqualTo(401);
    assertThat(refresh(person.refreshToken()).status()).isEqualTo(401);

    assertThat(phone.send("DELETE", "/v1/sessions", null).status()).isEqualTo(204);
    assertThat(phone.get("/v1/sessions").status()).isEqualTo(401);
    assertThat(other.get("/v1/sessions").status()).isEqualTo(200);
  }

  private Answer refresh(String token) {
    return api.post("/v1/sessions/refresh", "{\"refreshToken\": \"%s\"}".formatted(token));
  }

  @Test
  void aRefreshTokenGetsItsSuccessorAndAnOlderOneEndsTheSession() {
    Person person = Person.signedIn(api);
    Answer first = refresh(person.refreshToken());
    assertThat(first.status()).as(first.raw().body()).isEqualTo(200);
    assertThat(refresh(person.refreshToken()).text("refreshToken"))
        .as("a retry gets the same successor")
        .isEqualTo(first.text("refreshToken"));

    Answer second = refresh(first.text("refreshToken"));
    assertThat(second.status()).isEqualTo(200);
    String[] access = {"Authorization", "Bearer " + second.text("accessToken")};
    assertThat(api.get("/v1/sessions", access).status()).isEqualTo(200);

    assertThat(refresh(person.refreshToken()).status()).as("two generations old").isEqualTo(401);
    assertThat(refresh(second.text("refreshToken")).status()).isEqualTo(401);
    assertThat(api.get("/v1/sessions", access).status()).isEqualTo(401);
  }

  @Test
  void aTokenOfTheGenerationBeforeEndsTheSessionAfterTenSeconds() {
    Person person = Person.signedIn(api);
    Answer first = refresh(person.refreshToken());
    APPLICATION
        .database()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE sessions SET rotated_at = rotated_at - interval '10 s' WHERE id = ?",
                    java.util.UUID.fromString(person.session())));
    assertThat(refresh(person.refreshToken()).status()).isEqualTo(401);
    assertThat(refresh(first.text("refreshToken")).status()).isEqualTo(401);
  }

  @Test
  void anExpiredSessionCannotBeRefreshed() {
    Person person = Person.signedIn(api);
    APPLICATION
        .database()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE sessions SET expires_at = now() WHERE id = ?",
                    java.util.UUID.fromString(person.session())));
    assertThat(refresh(person.refreshToken()).status()).isEqualTo(401);
  }

  @Test
  void anyOtherRefreshTokenIsRejected() {
    String token = Person.signedIn(api).refreshToken();
    String[] parts = token.split("\\.", -1);
    for (String forged :
        List.of(
            "x",
            token + "A",
            token.substring(1),
            parts[0] + ".1." + parts[2],
            parts[0] + ".00." + parts[2],
            "0190a1b2-0000-7000-8000-000000000000.0." + parts[2],
            token.toUpperCase(java.util.Locale.ROOT))) {
      assertThat(refresh(forged).status()).as(forged).isEqualTo(401);
    }
    assertThat(refresh(token).status()).isEqualTo(200);
  }

  @Test
  void theOperatorsTokenHasNoSessions() {
    assertThat(api.get("/v1/sessions", operator()).text("code")).isEqualTo("role-missing");
    assertThat(api.get("/v1/sessions").status()).isEqualTo(401);
  }

  @Test
  void aBuyersTokenIsNoOperators() {
    Person person = Person.signedIn(api);
    assertThat(person.send("POST", "/v1/concerts", Bodies.concert(1)).text("code"))
        .isEqualTo("role-missing");
    assertThat(person.get("/v1/purchases").status()).isEqualTo(403);
  }

  @Test
  void theKeysArePublicAndHaveNoPrivatePart() {
    Person.signedIn(api);
    Answer keys = api.get("/.well-known/jwks.json");
    JsonNode key = keys.body().at("/keys/0");
    assertThat(key.path("alg").asText()).isEqualTo("RS256");
    assertThat(key.path("n").asText()).hasSize(512); // 3072 bits in base64url
    assertThat(key.propertyStream().map(java.util.Map.Entry::getKey))
        .containsExactlyInAnyOrder("kty", "e", "use", "kid", "alg", "n");
    assertThat(keys.header("Cache-Control")).isEqualTo("max-age=300");
  }
}
