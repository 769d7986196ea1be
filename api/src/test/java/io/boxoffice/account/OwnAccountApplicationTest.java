package io.boxoffice.account;

import static io.boxoffice.testing.Person.PASSWORD;
import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.SecurityLog;
import io.boxoffice.testing.TestApplication;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OwnAccountApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  private static final String ANOTHER = "nine doors and a louder lamp";

  private ApiClient api;

  @BeforeEach
  void connect() {
    api = APPLICATION.client();
  }

  private int signIn(String email, String password) {
    return api.post("/v1/sessions", Person.credentials(email, password)).status();
  }

  private static String change(String current, String another) {
    return "{\"currentPassword\": \"%s\", \"newPassword\": \"%s\"}".formatted(current, another);
  }

  private static String password(String password) {
    return "{\"password\": \"%s\"}".formatted(password);
  }

  @Test
  void theOwnerReadsAndChangesTheAccount() {
    Person person = Person.signedIn(api);
    assertThat(person.get("/v1/accounts/me").text("email")).isEqualTo(person.email());
    assertThat(person.get("/v1/accounts/me").body().has("name")).isFalse();

    Answer changed = person.send("PATCH", "/v1/accounts/me", "{\"name\": \"Ada Lovelace\"}");
    assertThat(changed.text("name")).isEqualTo("Ada Lovelace");
    assertThat(person.send("PATCH", "/v1/accounts/me", "{}").text("name"))
        .isEqualTo("Ada Lovelace");
    assertThat(person.send("PATCH", "/v1/accounts/me", "{\"role\": \"OPERATOR\"}").status())
        .as("the role is the operators' to give")
        .isEqualTo(422);
    assertThat(api.get("/v1/accounts/me").status()).isEqualTo(401);
  }

  @Test
  void aPasswordChangeNeedsThePasswordAndEndsOtherSessions() {
    Person person = Person.signedIn(api);
    Person phone = person.at(api).signIn();

    Answer wrong = person.send("PUT", "/v1/accounts/me/password", change(ANOTHER, ANOTHER));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body().at("/errors/0/field").asText()).isEqualTo("currentPassword");
    assertThat(
            person
                .send("PUT", "/v1/accounts/me/password", change(PASSWORD, "short"))
                .body()
                .at("/errors/0/field")
                .asText())
        .isEqualTo("newPassword");
    assertThat(phone.get("/v1/accounts/me").status()).isEqualTo(200);

    assertThat(person.send("PUT", "/v1/accounts/me/password", change(PASSWORD, ANOTHER)).status())
        .isEqualTo(204);
    assertThat(person.get("/v1/accounts/me").status()).isEqualTo(200);
    assertThat(phone.get("/v1/accounts/me").status()).isEqualTo(401);
    assertThat(signIn(person.email(), PASSWORD)).isEqualTo(401);
    assertThat(signIn(person.email(), ANOTHER)).isEqualTo(201);
    assertThat(Person.newestMail(api, person.email()).path("kind").asText())
        .isEqualTo("password-changed");
  }

  @Test
  void aResetSetsThePasswordOnceAndEndsAllSessions() {
    Person person = Person.signedIn(api);
    Answer known = api.post("/v1/password-resets", Person.email(person.email()));
    Answer unknown = api.post("/v1/password-resets", Person.email("stranger@example.com"));
    assertThat(known.status()).isEqualTo(unknown.status()).isEqualTo(202);
    assertThat(known.raw().body()).isEqualTo(unknown.raw().body());
    assertThat(Person.newestMail(api, "stranger@example.com").path("kind").asText())
        .isEqualTo("not-registered");

    String code = Person.newestCode(api, person.email());
    String path = "/v1/password-resets/confirmation";
    assertThat(api.post(path, Person.code(code, "short")).status()).isEqualTo(422);
    assertThat(api.post(path, Person.code(code, ANOTHER)).status()).isEqualTo(204);
    assertThat(api.post(path, Person.code(code, ANOTHER)).text("code")).isEqualTo("code-not-valid");
    assertThat(person.get("/v1/accounts/me").status()).isEqualTo(401);
    assertThat(signIn(person.email(), PASSWORD)).isEqualTo(401);
    assertThat(signIn(person.email(), ANOTHER)).isEqualTo(201);
  }

  @Test
  void aCodeHasOnePurpose() {
    Person person = Person.registered(api);
    api.post("/v1/password-resets", Person.email(person.email()));
    assertThat(
            api.post(
                    "/v1/account-verifications",
                    Person.code(Person.newestCode(api, person.email()), ANOTHER))
                .text("code"))
        .isEqualTo("code-not-valid");
    api.post("/v1/accounts", Person.email("purpose@example.com"));
    assertThat(
            api.post(
                    "/v1/password-resets/confirmation",
                    Person.code(Person.newestCode(api, "purpose@example.com"), ANOTHER))
                .text("code"))
        .isEqualTo("code-not-valid");
  }

  @Test
  void aDeletionNeedsThePasswordAndEndsEverything() {
    Person person = Person.signedIn(api);
    assertThat(person.send("DELETE", "/v1/accounts/me", password(ANOTHER)).status()).isEqualTo(422);
    assertThat(person.send("DELETE", "/v1/accounts/me", "{}").status()).isEqualTo(422);
    assertThat(person.send("DELETE", "/v1/accounts/me", password(PASSWORD)).status())
        .isEqualTo(204);

    assertThat(person.get("/v1/accounts/me").status()).isEqualTo(401);
    assertThat(signIn(person.email(), PASSWORD)).isEqualTo(401);
    assertThat(
            api.post(
                    "/v1/sessions/refresh",
                    "{\"refreshToken\": \"%s\"}".formatted(person.refreshToken()))
                .status())
        .isEqualTo(401);
    Person.registered(api, person.email()); // The address is free again.
  }

  @Test
  void theExportHasTheAccountAndItsSessions() {
    Person person = Person.signedIn(api);
    Answer export = person.get("/v1/accounts/me/export");
    assertThat(export.body().at("/account/email").asText()).isEqualTo(person.email());
    assertThat(export.body().at("/sessions/items/0/id").asText()).isEqualTo(person.session());
    assertThat(export.raw().body()).doesNotContain("argon2", "secret");
  }

  @Test
  void anOperatorGivesAndTakesTheRole() {
    Person person = Person.signedIn(api);
    String path = "/v1/accounts/" + person.get("/v1/accounts/me").text("id");
    assertThat(person.get(path).text("code")).isEqualTo("role-missing");
    assertThat(person.send("PATCH", path, "{\"role\": \"OPERATOR\"}").status()).isEqualTo(403);
    assertThat(api.get(path, operator()).text("email")).isEqualTo(person.email());
    assertThat(api.get("/v1/accounts/0190a1b2-0000-7000-8000-000000000000", operator()).status())
        .isEqualTo(404);

    Answer given = api.send("PATCH", path, "{\"role\": \"OPERATOR\"}", operator());
    assertThat(given.text("role")).isEqualTo("OPERATOR");
    assertThat(person.get("/v1/accounts/me").status())
        .as("the old access token names the old role")
        .isEqualTo(401);
    person.signIn();
    assertThat(person.send("POST", "/v1/concerts", Bodies.concert(1)).status()).isEqualTo(201);
    String large = "{\"reason\": \"%s\"}".formatted("x".repeat(70_000));
    assertThat(person.send("PUT", "/v1/simulation", large).status())
        .as("an operator's setting may be larger than other bodies")
        .isEqualTo(422);

    api.send("PATCH", path, "{\"role\": \"BUYER\"}", operator());
    assertThat(person.send("POST", "/v1/concerts", Bodies.concert(1)).status()).isEqualTo(401);
    assertThat(person.signIn().send("POST", "/v1/concerts", Bodies.concert(1)).status())
        .isEqualTo(403);
  }

  @Test
  void theLogHasEachEventAndNoSecretAndNoAddress() {
    Person person;
    List<String> lines;
    try (SecurityLog log = new SecurityLog()) {
      person = Person.signedIn(api);
      signIn(person.email(), ANOTHER);
      signIn("nobody@example.com", PASSWORD);
      person.send("PUT", "/v1/accounts/me/password", change(PASSWORD, ANOTHER));
      person.send("DELETE", "/v1/accounts/me", password(PASSWORD));
      person.send("DELETE", "/v1/accounts/me", password(ANOTHER));
      lines = log.lines();
    }
    for (String event :
        List.of(
            "account-created",
            "signed-in",
            "sign-in-failed",
            "sign-in-to-unknown-address",
            "password-changed",
            "re-authentication-failed",
            "account-deleted")) {
      assertThat(lines).anyMatch(line -> line.contains(" " + event));
    }
    assertThat(String.join("\n", lines))
        .doesNotContain("@", PASSWORD, ANOTHER, person.accessToken(), person.refreshToken());
  }
}
