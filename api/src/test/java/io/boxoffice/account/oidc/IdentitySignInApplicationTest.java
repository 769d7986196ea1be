package io.boxoffice.account.oidc;

import static io.boxoffice.testing.TestProvider.CLIENT_ID;
import static io.boxoffice.testing.TestProvider.REDIRECT_URI;
import static io.boxoffice.testing.TestProvider.TOKEN;
import static io.boxoffice.testing.TestProvider.address;
import static io.boxoffice.testing.TestProvider.begin;
import static io.boxoffice.testing.TestProvider.complete;
import static io.boxoffice.testing.TestProvider.completion;
import static io.boxoffice.testing.TestProvider.newSubject;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestProvider;
import io.boxoffice.testing.TestProvider.Begun;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests sign-in by OpenID Connect from the first call to the session. */
class IdentitySignInApplicationTest {
  private static final TestProvider PROVIDER = TestProvider.start();

  @RegisterExtension
  private static final TestApplication APPLICATION =
      PROVIDER.usedBy(TestApplication.shipped().signing());

  private ApiClient api;

  @BeforeEach
  void connect() {
    api = APPLICATION.client();
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  private static String[] bearer(Answer tokens) {
    return new String[] {"Authorization", "Bearer " + tokens.text("accessToken")};
  }

  @Test
  void theAuthorizationRequestHasEverythingThatTheCodeFlowNeeds() {
    Begun begun = begin(api);

    assertThat(begun.authorizationUrl()).startsWith(PROVIDER.issuer() + "/authorize?");
    assertThat(begun.parameter("response_type")).isEqualTo("code");
    assertThat(begun.parameter("client_id")).isEqualTo(CLIENT_ID);
    assertThat(begun.parameter("redirect_uri")).isEqualTo(REDIRECT_URI);
    assertThat(begun.parameter("scope")).isEqualTo("openid email");
    assertThat(begun.parameter("code_challenge_method")).isEqualTo("S256");
    assertThat(begun.codeVerifier()).matches("[A-Za-z0-9_-]{43}");
    assertThat(begun.parameter("code_challenge"))
        .isEqualTo(
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                    Hashing.sha256()
                        .hashString(begun.codeVerifier(), StandardCharsets.US_ASCII)
                        .asBytes()));
    assertThat(begun.authorizationUrl()).doesNotContain(begun.codeVerifier());
    Begun another = begin(api);
    for (String unique : List.of("state", "nonce", "code_challenge")) {
      assertThat(begun.parameter(unique)).hasSize(43).isNotEqualTo(another.parameter(unique));
    }
  }

  @Test
  void theFirstSignInCreatesAnAccountAndTheNextOnesOpenIt() {
    String subject = newSubject();
    String email = subject + "@Example.com";
    Answer first = PROVIDER.signIn(api, subject, email);
    assertThat(first.status()).as(first.raw().body()).isEqualTo(201);
    assertThat(first.header("Cache-Control")).isEqualTo("no-store");
    Answer account = api.get("/v1/accounts/me", bearer(first));
    assertThat(account.text("email")).isEqualTo(subject + "@example.com");
    assertThat(account.text("role")).isEqualTo("BUYER");
    assertThat(Person.newestMail(api, account.text("email")).path("kind").asText())
        .isEqualTo("account-created");

    PROVIDER.signsIn(subject, Map.of()); // The address is not asked for again.
    Answer second = PROVIDER.signIn(api);
    assertThat(second.status()).as(second.raw().body()).isEqualTo(201);
    assertThat(api.get("/v1/accounts/me", bearer(second)).text("id")).isEqualTo(account.text("id"));
    assertThat(second.text("sessionId")).isNotEqualTo(first.text("sessionId"));
    String refresh = "{\"refreshToken\": \"%s\"}".formatted(second.text("refreshToken"));
    assertThat(api.post("/v1/sessions/refresh", refresh).status()).isEqualTo(200);
  }

  @Test
  void aSignInWorksOnce() {
    Begun begun = begin(api);
    PROVIDER.signsIn(newSubject(), address(newSubject() + "@example.com", true));
    String body = completion(begun, PROVIDER.authorize(begun));
    assertThat(complete(api, begun.id(), body).status()).isEqualTo(201);

    int redeemed = PROVIDER.requests(TOKEN);
    Answer replayed = complete(api, begun.id(), body);
    assertThat(replayed.status()).isEqualTo(401);
    assertThat(replayed.text("code")).isEqualTo("identity-sign-in-failed");
    assertThat(PROVIDER.requests(TOKEN)).as("requests to the provider").isEqualTo(redeemed);
  }

  @Test
  void onlyWhoBeganEndsASignInAndAWrongAttemptLeavesItValid() {
    Begun begun = begin(api);
    Begun ofAnother = begin(api);
    PROVIDER.signsIn(newSubject(), address(newSubject() + "@example.com", true));
    Map<String, String> response = PROVIDER.authorize(begun);
    String code = response.get("code");
    String state = response.get("state");
    int redeemed = PROVIDER.requests(TOKEN);

    for (Answer wrong :
        List.of(
            complete(api, begun.id(), completion(code, state, ofAnother.codeVerifier())),
            complete(api, ofAnother.id(), completion(code, state, ofAnother.codeVerifier())),
            complete(api, ofAnother.id(), completion(code, state, begun.codeVerifier())),
            complete(
                api,
                begun.id(),
                completion(code, ofAnother.parameter("state"), begun.codeVerifier())),
            complete(api, begun.id(), completion(code, state, begun.parameter("code_challenge"))),
            complete(
                api,
                UUID.randomUUID().toString(),
                completion(code, state, begun.codeVerifier())))) {
      assertThat(wrong.status()).as(wrong.raw().body()).isEqualTo(401);
      assertThat(wrong.text("code")).isEqualTo("identity-sign-in-failed");
    }
    assertThat(PROVIDER.requests(TOKEN)).as("requests to the provider").isEqualTo(redeemed);
    assertThat(complete(api, begun.id(), completion(begun, response)).status()).isEqualTo(201);
  }

  @Test
  void aSignInExpires() {
    Begun begun = begin(api);
    APPLICATION
        .database()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE identity_sign_ins SET expires_at = now() WHERE id = ?",
                    UUID.fromString(begun.id())));
    assertThat(complete(api, begun.id(), completion(begun, PROVIDER.authorize(begun))).text("code"))
        .isEqualTo("identity-sign-in-failed");
  }

  @Test
  void aCodeThatTheProviderDoesNotKnowIsRejected() {
    Begun begun = begin(api);
    PROVIDER.replace(TOKEN, 400, "{\"error\": \"invalid_grant\"}");
    try {
      Answer rejected =
          complete(
              api,
              begun.id(),
              completion("unknown", begun.parameter("state"), begun.codeVerifier()));
      assertThat(rejected.text("code")).isEqualTo("identity-sign-in-failed");
    } finally {
      PROVIDER.restore(TOKEN);
    }
  }

  @Test
  void aResponseOfAnotherProviderIsRejected() {
    Begun begun = begin(api);
    String body = completion(begun, PROVIDER.authorize(begun));
    PROVIDER.signsIn(newSubject(), address(newSubject() + "@example.com", true));
    String iss = "{\"iss\": \"%s\", ";

    assertThat(
            complete(
                    api,
                    begun.id(),
                    body.replaceFirst("\\{", iss.formatted("https://evil.example")))
                .text("code"))
        .isEqualTo("identity-sign-in-failed");
    assertThat(
            complete(api, begun.id(), body.replaceFirst("\\{", iss.formatted(PROVIDER.issuer())))
                .status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "no", ""})
  void anAddressThatIsNotVerifiedCreatesNoAccount(String verified) {
    String email = newSubject() + "@example.com";
    PROVIDER.signsIn(
        newSubject(), verified.isEmpty() ? Map.of("email", email) : address(email, verified));
    Answer refused = PROVIDER.signIn(api);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("address-not-verified");
    Person.registered(api, email); // The address is still free.
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-address", "two@", "nul\\u0000@example.com"})
  void aTextThatIsNoAddressCreatesNoAccount(String email) {
    PROVIDER.signsIn(newSubject(), address(email.replace("\\u0000", "\u0000"), true));
    assertThat(PROVIDER.signIn(api).text("code")).isEqualTo("address-not-verified");
  }

  @Test
  void anAccountWithTheAddressIsNeverLinkedByTheAddressAlone() {
    Person person = Person.signedIn(api);
    String subject = newSubject();
    Answer refused = PROVIDER.signIn(api, subject, person.email().replace("person", "PERSON"));
    assertThat(refused.status()).as(refused.raw().body()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("identity-not-linked");
    assertThat(person.get("/v1/accounts/me/identities").body().path("items")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:9999/other",
        "http://localhost:9999/signed-in/",
        "http://localhost:9999/signed-in?x=1",
        "https://evil.example/signed-in"
      })
  void onlyAllowedRedirectUrisAreAccepted(String uri) {
    Answer refused = api.post("/v1/identity-sign-ins", TestProvider.redirect(uri));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().at("/errors/0/field").asText()).isEqualTo("redirectUri");
  }

  @Test
  void sessionsByAnIdentityAreCountedByTheirOutcome() {
    String metric = "sign_ins_total{method=\"openid_connect\",outcome=\"%s\",} ";
    double granted = value(metric.formatted("granted"));
    double failed = value(metric.formatted("failed"));
    PROVIDER.signIn(api, newSubject(), newSubject() + "@example.com");
    PROVIDER.signIn(api, newSubject(), "not an address");
    assertThat(value(metric.formatted("granted"))).isEqualTo(granted + 1);
    assertThat(value(metric.formatted("failed"))).isEqualTo(failed + 1);
    assertThat(value(metric.formatted("unavailable"))).isZero();
  }

  private static double value(String series) {
    return APPLICATION
        .adminClient()
        .get("/metrics")
        .raw()
        .body()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
        .findFirst()
        .orElseThrow();
  }
}
