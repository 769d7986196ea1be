package io.boxoffice.account.oidc;

import static io.boxoffice.testing.Person.PASSWORD;
import static io.boxoffice.testing.TestProvider.address;
import static io.boxoffice.testing.TestProvider.begin;
import static io.boxoffice.testing.TestProvider.completion;
import static io.boxoffice.testing.TestProvider.newSubject;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.account.session.SecurityEvents;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestProvider;
import io.boxoffice.testing.TestProvider.Begun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Tests what people do with the identities of their account, and accounts without a password. */
class OwnIdentityApplicationTest {
  private static final String IDENTITIES = "/v1/accounts/me/identities";
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

  private static String password(String password) {
    return "{\"password\": \"%s\"}".formatted(password);
  }

  private static String[] bearer(Answer tokens) {
    return new String[] {"Authorization", "Bearer " + tokens.text("accessToken")};
  }

  /** Links an identity that the provider signs in. */
  private Answer link(Person person, String subject, String password) {
    PROVIDER.signsIn(subject, Map.of());
    Begun begun = begin(api);
    return person.send("POST", IDENTITIES, body(begun, password));
  }

  private static String body(Begun begun, String password) {
    return "{\"signInId\": \"%s\", \"completion\": %s, \"password\": \"%s\"}"
        .formatted(begun.id(), completion(begun, PROVIDER.authorize(begun)), password);
  }

  private Answer signIn(String subject) {
    PROVIDER.signsIn(subject, Map.of());
    return PROVIDER.signIn(api);
  }

  @Test
  void aLinkedIdentityOpensTheAccount() {
    Person person = Person.signedIn(api);
    String subject = newSubject();
    Answer linked = link(person, subject, PASSWORD);
    assertThat(linked.status()).as(linked.raw().body()).isEqualTo(201);
    assertThat(linked.text("issuer")).isEqualTo(PROVIDER.issuer());
    assertThat(linked.text("subject")).isEqualTo(subject);
    assertThat(Person.newestMail(api, person.email()).path("kind").asText())
        .isEqualTo("identity-linked");

    Answer session = signIn(subject);
    assertThat(session.status()).as(session.raw().body()).isEqualTo(201);
    assertThat(api.get("/v1/accounts/me", bearer(session)).text("email")).isEqualTo(person.email());
    assertThat(link(person, subject, PASSWORD).text("id"))
        .as("linked again")
        .isEqualTo(linked.text("id"));
    link(person, newSubject(), PASSWORD);
    JsonNode page = person.get(IDENTITIES + "?limit=1").body();
    assertThat(page.path("items").findValuesAsText("id")).containsExactly(linked.text("id"));
    assertThat(person.get(IDENTITIES + "?after=" + page.path("next").asText()).body().path("items"))
        .hasSize(1);
    assertThat(person.get("/v1/accounts/me/export").body().at("/identities/items")).hasSize(2);
  }

  @Test
  void aLinkNeedsThePasswordAndAWrongOneLeavesTheSignInValid() {
    Person person = Person.signedIn(api);
    String subject = newSubject();
    PROVIDER.signsIn(subject, Map.of());
    Begun begun = begin(api);
    Answer wrong = person.send("POST", IDENTITIES, body(begun, "not the password of anybody"));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body().at("/errors/0/field").asText()).isEqualTo("password");
    assertThat(api.post(IDENTITIES, body(begun, PASSWORD)).status()).isEqualTo(401);
    assertThat(person.send("POST", IDENTITIES, body(begun, PASSWORD)).status()).isEqualTo(201);
    assertThat(person.send("POST", IDENTITIES, body(begun, PASSWORD)).text("code"))
        .as("a sign-in works once")
        .isEqualTo("identity-sign-in-failed");
  }

  @Test
  void anIdentityBelongsToOneAccount() {
    String subject = newSubject();
    assertThat(link(Person.signedIn(api), subject, PASSWORD).status()).isEqualTo(201);
    Answer refused = link(Person.signedIn(api), subject, PASSWORD);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("identity-in-use");
  }

  @Test
  void aRemovalNeedsThePasswordAndEndsTheOtherSessions() {
    Person person = Person.signedIn(api);
    String subject = newSubject();
    String path = IDENTITIES + "/" + link(person, subject, PASSWORD).text("id");
    Answer session = signIn(subject);

    assertThat(Person.signedIn(api).send("DELETE", path, password(PASSWORD)).status())
        .as("another person")
        .isEqualTo(404);
    assertThat(person.send("DELETE", path, password("not the password of anybody")).status())
        .isEqualTo(422);
    assertThat(api.get("/v1/accounts/me", bearer(session)).status()).isEqualTo(200);

    assertThat(person.send("DELETE", path, password(PASSWORD)).status()).isEqualTo(204);
    assertThat(person.send("DELETE", path, password(PASSWORD)).status()).isEqualTo(404);
    assertThat(person.get(IDENTITIES).body().path("items")).isEmpty();
    assertThat(api.get("/v1/accounts/me", bearer(session)).status()).isEqualTo(401);
    assertThat(signIn(subject).text("code")).isEqualTo("address-not-verified");
    assertThat(Person.newestMail(api, person.email()).path("kind").asText())
        .isEqualTo("identity-removed");
  }

  @Test
  void anAccountWithoutAPasswordAnswersASignInLikeAnUnknownAddress() {
    String email = newSubject() + "@example.com";
    assertThat(PROVIDER.signIn(api, newSubject(), email).status()).isEqualTo(201);
    Answer without = api.post("/v1/sessions", Person.credentials(email, PASSWORD));
    Answer unknown = api.post("/v1/sessions", Person.credentials("x" + email, PASSWORD));
    assertThat(without.status()).isEqualTo(401).isEqualTo(unknown.status());
    assertThat(without.text("code")).isEqualTo("sign-in-failed").isEqualTo(unknown.text("code"));
    assertThat(without.text("detail")).isEqualTo(unknown.text("detail"));
  }

  @Test
  void whatNeedsThePasswordNeedsOneToBeSetAndAResetSetsTheFirst() {
    String subject = newSubject();
    String email = subject + "@example.com";
    Answer session = PROVIDER.signIn(api, subject, email);
    String identity = api.get(IDENTITIES, bearer(session)).body().at("/items/0/id").asText();
    Begun begun = begin(api);
    for (Answer refused :
        List.of(
            api.send("DELETE", "/v1/accounts/me", password(PASSWORD), bearer(session)),
            api.send(
                "PUT",
                "/v1/accounts/me/password",
                "{\"currentPassword\": \"%1$s\", \"newPassword\": \"%1$s\"}".formatted(PASSWORD),
                bearer(session)),
            api.send("DELETE", IDENTITIES + "/" + identity, password(PASSWORD), bearer(session)),
            api.send("POST", IDENTITIES, body(begun, PASSWORD), bearer(session)))) {
      assertThat(refused.status()).as(refused.raw().body()).isEqualTo(409);
      assertThat(refused.text("code")).isEqualTo("password-not-set");
    }

    api.post("/v1/password-resets", Person.email(email));
    assertThat(
            api.post(
                    "/v1/password-resets/confirmation",
                    Person.code(Person.newestCode(api, email), PASSWORD))
                .status())
        .isEqualTo(204);
    assertThat(api.get("/v1/accounts/me", bearer(session)).status()).isEqualTo(401);
    Answer byPassword = api.post("/v1/sessions", Person.credentials(email, PASSWORD));
    assertThat(byPassword.status()).isEqualTo(201);
    assertThat(signIn(subject).status()).as("the identity still opens it").isEqualTo(201);
    assertThat(
            api.send("DELETE", IDENTITIES + "/" + identity, password(PASSWORD), bearer(byPassword))
                .status())
        .isEqualTo(204);
  }

  @Test
  void aDeletionRemovesTheIdentities() {
    Person person = Person.signedIn(api);
    String subject = newSubject();
    link(person, subject, PASSWORD);
    assertThat(person.send("DELETE", "/v1/accounts/me", password(PASSWORD)).status())
        .isEqualTo(204);
    int left =
        APPLICATION
            .database()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("SELECT count(*) FROM identities WHERE subject = ?")
                        .bind(0, subject)
                        .mapTo(Integer.class)
                        .one());
    assertThat(left).isZero();
  }

  @Test
  void theLogHasEachEventAndNoSecretAndNoAddress() {
    Logger logger = (Logger) LoggerFactory.getLogger(SecurityEvents.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Level before = logger.getLevel();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
    String subject = newSubject();
    try {
      Person person = Person.signedIn(api);
      String identity = link(person, subject, PASSWORD).text("id");
      signIn(subject);
      person.send("DELETE", IDENTITIES + "/" + identity, password(PASSWORD));
      signIn(subject);
      PROVIDER.signsIn(newSubject(), address(newSubject() + "@example.com", true));
      PROVIDER.signIn(api);
    } finally {
      logger.detachAppender(log);
      logger.setLevel(before);
    }
    List<String> lines = log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    for (String event :
        List.of(
            "identity-linked",
            "signed-in",
            "identity-removed",
            "identity-sign-in-failed",
            "account-created")) {
      assertThat(lines).anyMatch(line -> line.contains(" " + event));
    }
    assertThat(String.join("\n", lines)).doesNotContain("@", PASSWORD, subject, "eyJ");
  }
}
