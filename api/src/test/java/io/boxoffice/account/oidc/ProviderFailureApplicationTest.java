package io.boxoffice.account.oidc;

import static io.boxoffice.testing.TestApplication.operator;
import static io.boxoffice.testing.TestProvider.KEYS;
import static io.boxoffice.testing.TestProvider.REDIRECT_URI;
import static io.boxoffice.testing.TestProvider.TOKEN;
import static io.boxoffice.testing.TestProvider.begin;
import static io.boxoffice.testing.TestProvider.complete;
import static io.boxoffice.testing.TestProvider.completion;
import static io.boxoffice.testing.TestProvider.newSubject;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestProvider;
import io.boxoffice.testing.TestProvider.Begun;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a provider which is down, slow or wrong costs sign-ins by it and nothing else. */
class ProviderFailureApplicationTest {
  private static final TestProvider PROVIDER = TestProvider.start();

  @RegisterExtension private static final TestApplication APPLICATION = application();

  /** More than one body that the service reads. */
  private static final String TEN_MEGABYTES = "x".repeat(10_000_000);

  /** More than the 16 request threads of the service. */
  private static final int ATTEMPTS = 30;

  @AfterEach
  void restore() {
    List.of(TOKEN, KEYS).forEach(PROVIDER::restore);
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  private static TestApplication application() {
    return PROVIDER.usedBy(TestApplication.shipped().signing());
  }

  private static void assertUnavailable(Answer answer) {
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(503);
    assertThat(answer.text("code")).isEqualTo("identity-provider-unavailable");
    assertThat(answer.header("Retry-After")).isEqualTo("10");
  }

  private static Answer tryToBegin(ApiClient api) {
    return api.post("/v1/identity-sign-ins", TestProvider.redirect(REDIRECT_URI));
  }

  private static void assertSells(ApiClient api) {
    String concert = api.createConcert(5, operator()).path("id").asText();
    assertThat(api.buy(concert, 1).status()).isEqualTo(201);
  }

  @Test
  void withoutAProviderTheServiceStartsAndSells() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    TestApplication down =
        application()
            .with("accounts.identityProvider.issuer", "http://localhost:%d/shop".formatted(closed))
            .start();
    try {
      assertUnavailable(tryToBegin(down.client()));
      assertSells(down.client());
      assertThat(Person.signedIn(down.client()).get("/v1/accounts/me/identities").status())
          .isEqualTo(200);
    } finally {
      down.stop();
    }
  }

  @Test
  void withoutTheSettingThereIsNoSignInByOpenIdConnect() throws Exception {
    TestApplication off =
        TestApplication.shipped().with("accounts.identityProvider.issuer", "").start();
    try {
      assertThat(tryToBegin(off.client()).text("code")).isEqualTo("not-found");
      String body = completion("code", "state", "verifier");
      assertThat(complete(off.client(), "01900000-0000-7000-8000-000000000000", body).text("code"))
          .isEqualTo("not-found");
    } finally {
      off.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 rubbish",
        "200 {}",
        "200 {\"id_token\": 5}",
        "200 large",
        "400 {\"error\": \"invalid_request\"}",
        "401 {\"error\": \"invalid_client\"}",
        "429 {}",
        "500 {\"error\": \"server_error\"}",
        "302 {}"
      })
  void aTokenEndpointThatIsNotRightMakesSignInUnavailable(String answer) {
    ApiClient api = APPLICATION.client();
    Begun begun = begin(api);
    String body = completion(begun, PROVIDER.authorize(begun));
    PROVIDER.replace(
        TOKEN,
        Integer.parseInt(answer.substring(0, 3)),
        answer.substring(4).replace("large", TEN_MEGABYTES));
    assertUnavailable(complete(api, begun.id(), body));
    PROVIDER.restore(TOKEN);
    assertThat(PROVIDER.signIn(api, newSubject(), newSubject() + "@example.com").status())
        .as("the next sign-in")
        .isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rubbish", "large"})
  void keysThatAreNotRightMakeSignInUnavailable(String keys) throws Exception {
    PROVIDER.replace(KEYS, 200, keys.replace("large", TEN_MEGABYTES));
    TestApplication application = application().start();
    try {
      assertUnavailable(
          PROVIDER.signIn(application.client(), newSubject(), newSubject() + "@example.com"));
    } finally {
      application.stop();
    }
  }

  @Test
  void aHangingProviderHoldsFewThreadsAndNoPurchase() throws Exception {
    TestApplication application =
        application()
            .with("accounts.identityProvider.timeLimit", "30s")
            .with("accounts.identityProvider.threads", "1")
            .with("accounts.identityProvider.queueLength", "1")
            .start();
    CountDownLatch released = new CountDownLatch(1);
    try {
      ApiClient api = application.client();
      List<Begun> begun = IntStream.range(0, ATTEMPTS).mapToObj(i -> begin(api)).toList();
      PROVIDER.replace(TOKEN, () -> answerAfter(released));
      List<CompletableFuture<Answer>> answers =
          begun.stream()
              .map(
                  one ->
                      api.sendAsync(
                          "POST",
                          "/v1/identity-sign-ins/" + one.id() + "/completion",
                          completion("code", one.parameter("state"), one.codeVerifier())))
              .toList();
      Eventually.within(
          Duration.ofSeconds(25), () -> count(answers, CompletableFuture::isDone) == ATTEMPTS - 2);
      assertSells(api);
      assertThat(count(answers, CompletableFuture::isDone))
          .as("answers before the sale; two sign-ins wait for the provider")
          .isEqualTo(ATTEMPTS - 2);

      released.countDown();
      List<Answer> all = answers.stream().map(CompletableFuture::join).toList();
      assertThat(all).extracting(Answer::status).containsOnly(503);
      assertThat(count(all, answer -> answer.text("code").equals("overloaded")))
          .isEqualTo(ATTEMPTS - 2);
      assertThat(count(all, answer -> answer.text("code").equals("identity-provider-unavailable")))
          .isEqualTo(2);
      assertThat(application.adminClient().get("/metrics").raw().body())
          .contains(
              "{method=\"openid_connect\",outcome=\"overloaded\",} %d.0".formatted(ATTEMPTS - 2))
          .contains("{method=\"openid_connect\",outcome=\"unavailable\",} 2.0");
    } finally {
      released.countDown();
      application.stop();
    }
  }

  private static <T> int count(List<T> all, Predicate<T> condition) {
    return (int) all.stream().filter(condition).count();
  }

  @Test
  void aHangingTokenEndpointMakesSignInUnavailableAfterTheTimeLimit() {
    CountDownLatch released = new CountDownLatch(1);
    ApiClient api = APPLICATION.client();
    Begun begun = begin(api);
    String body = completion(begun, PROVIDER.authorize(begun));
    PROVIDER.replace(TOKEN, () -> answerAfter(released));
    try {
      assertUnavailable(complete(api, begun.id(), body));
    } finally {
      released.countDown();
    }
  }

  private static OAuth2HttpResponse answerAfter(CountDownLatch released) {
    try {
      released.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return new OAuth2HttpResponse(Headers.of(), 200, "{}", null);
  }
}
