package io.boxoffice.account.totp;

import static io.boxoffice.account.factor.Authenticator.code;
import static io.boxoffice.account.factor.Authenticator.credentials;
import static io.boxoffice.account.factor.Authenticator.password;
import static io.boxoffice.account.factor.Authenticator.removal;
import static io.boxoffice.testing.Person.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.account.factor.Authenticator;
import io.boxoffice.account.factor.SecondFactors;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.SecurityLog;
import io.boxoffice.testing.TestApplication;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TotpApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  private static final String PATH = "/v1/accounts/me/totp";
  private static final String WRONG = "not the password of anybody";

  private ApiClient api;

  @BeforeEach
  void connect() {
    api = APPLICATION.client();
  }

  private Answer signIn(Person person, String password) {
    return api.post("/v1/sessions", Person.credentials(person.email(), password));
  }

  private Answer signInWith(Person person, String code) {
    return api.post("/v1/sessions", credentials(person, code));
  }

  private static Authenticator active(Person person) {
    return Authenticator.active(person, APPLICATION.database());
  }

  private String newestMail(Person person) {
    return Person.newestMail(api, person.email()).path("kind").asText();
  }

  @Test
  void aFactorIsCreatedWithThePasswordAndDoesNothingUntilACodeConfirmsIt() {
    Person person = Person.signedIn(api);
    Answer wrong = person.send("POST", PATH, password(WRONG));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body().at("/errors/0/field").asText()).isEqualTo("password");

    Answer created = person.send("POST", PATH, password(PASSWORD));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text("state")).isEqualTo("PENDING");
    assertThat(created.text("uri"))
        .startsWith("otpauth://totp/Box%20Office:" + person.email().replace("@", "%40"))
        .contains("secret=" + created.text("secret"));
    assertThat(created.header("Cache-Control")).isEqualTo("no-store");
    assertThat(signIn(person, PASSWORD).status()).isEqualTo(201);

    Authenticator second = Authenticator.pending(person);
    assertThat(second.secret()).as("a second call").isNotEqualTo(created.text("secret"));
    Authenticator first = new Authenticator(created.text("secret"), List.of());
    Answer replaced = person.send("POST", PATH + "/confirmation", code(first.code()));
    assertThat(replaced.text("code")).isEqualTo("code-not-valid");

    Answer confirmed = person.send("POST", PATH + "/confirmation", code(second.code()));
    assertThat(confirmed.status()).as(confirmed.raw().body()).isEqualTo(200);
    assertThat(confirmed.body().path("recoveryCodes")).hasSize(10);
    assertThat(newestMail(person)).isEqualTo("second-factor-on");
    assertThat(signIn(person, PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void onlyARightPasswordShowsThatACodeIsNeeded() {
    Person person = Person.signedIn(api);
    active(person);
    Answer right = signIn(person, PASSWORD);
    assertThat(right.status()).isEqualTo(401);
    assertThat(right.text("code")).isEqualTo("second-factor-required");
    assertThat(right.body().has("accessToken")).isFalse();
    assertThat(signIn(person, WRONG).text("code")).isEqualTo("sign-in-failed");
  }

  @Test
  void aWrongCodeGetsTheAnswerOfAWrongPassword() {
    Person person = Person.signedIn(api);
    Authenticator app = active(person);
    Answer wrongPassword = signIn(person, WRONG);
    for (String code : List.of(app.wrongCode(), "ABCD-EFGH-IJKL-MNOP-QRST-UVWX")) {
      Answer wrongCode = signInWith(person, code);
      assertThat(wrongCode.status()).isEqualTo(401);
      assertThat(wrongCode.text("code")).isEqualTo("sign-in-failed");
      assertThat(wrongCode.text("detail")).isEqualTo(wrongPassword.text("detail"));
    }
  }

  @Test
  void aCodeOfTheAppAndARecoveryCodeSignInOnce() {
    Person person = Person.signedIn(api);
    Authenticator app = active(person);
    String now = app.code();
    assertThat(signInWith(person, now.substring(0, 3) + " " + now.substring(3)).status())
        .isEqualTo(201);
    assertThat(signInWith(person, now).text("code")).isEqualTo("sign-in-failed");

    String recovery = app.recoveryCodes().get(0);
    assertThat(signInWith(person, recovery).status()).isEqualTo(201);
    assertThat(newestMail(person)).isEqualTo("recovery-code-used");
    assertThat(signInWith(person, recovery).text("code")).isEqualTo("sign-in-failed");
    assertThat(person.get("/v1/accounts/me/export").body().at("/secondFactor").toString())
        .isEqualTo("{\"active\":true,\"recoveryCodesLeft\":9}");
  }

  @Test
  void aCodeIsIgnoredWithoutAFactor() {
    Person person = Person.registered(api);
    assertThat(signInWith(person, "123456").status()).isEqualTo(201);
    assertThat(api.post("/v1/sessions", credentials(person, "1")).status()).isEqualTo(422);
  }

  @Test
  void switchingOnAndOffEndsTheOtherSessions() {
    Person person = Person.signedIn(api);
    Person phone = person.at(api).signIn();
    Authenticator app = active(person);
    assertThat(phone.get("/v1/accounts/me").status()).isEqualTo(401);
    assertThat(person.get("/v1/accounts/me").status()).isEqualTo(200);

    String token = signInWith(person, app.code()).text("accessToken");
    String[] tablet = {"Authorization", "Bearer " + token};
    assertThat(api.get("/v1/accounts/me", tablet).status()).isEqualTo(200);
    app.letTimePass(APPLICATION.database());
    assertThat(person.send("DELETE", PATH, removal(PASSWORD, app.code())).status()).isEqualTo(204);
    assertThat(api.get("/v1/accounts/me", tablet).status()).isEqualTo(401);
    assertThat(person.get("/v1/accounts/me").status()).isEqualTo(200);
  }

  @Test
  void anActiveFactorIsSwitchedOffWithThePasswordAndACodeOnly() {
    Person person = Person.signedIn(api);
    assertThat(person.send("DELETE", PATH, password(PASSWORD)).status()).isEqualTo(404);
    assertThat(person.send("POST", PATH + "/confirmation", code("123456")).status()).isEqualTo(404);
    Authenticator app = active(person);

    assertThat(person.send("POST", PATH, password(PASSWORD)).text("code"))
        .isEqualTo("second-factor-active");
    assertThat(person.send("POST", PATH + "/confirmation", code(app.code())).text("code"))
        .isEqualTo("second-factor-active");

    Answer withoutCode = person.send("DELETE", PATH, password(PASSWORD));
    assertThat(withoutCode.body().at("/errors/0/field").asText()).isEqualTo("code");
    assertThat(person.send("DELETE", PATH, removal(PASSWORD, app.wrongCode())).text("code"))
        .isEqualTo("code-not-valid");
    assertThat(
            person
                .send("DELETE", PATH, removal(WRONG, app.code()))
                .body()
                .at("/errors/0/field")
                .asText())
        .isEqualTo("password");
    assertThat(signIn(person, PASSWORD).text("code")).isEqualTo("second-factor-required");

    assertThat(person.send("DELETE", PATH, removal(PASSWORD, app.recoveryCodes().get(0))).status())
        .isEqualTo(204);
    assertThat(newestMail(person)).isEqualTo("second-factor-off");
    assertThat(signIn(person, PASSWORD).status()).isEqualTo(201);
    assertThat(person.get("/v1/accounts/me/export").body().at("/secondFactor").toString())
        .isEqualTo("{\"active\":false,\"recoveryCodesLeft\":0}");
  }

  @Test
  void aPendingFactorIsDeletedWithThePasswordAlone() {
    Person person = Person.signedIn(api);
    Authenticator app = Authenticator.pending(person);
    assertThat(person.send("DELETE", PATH, password(PASSWORD)).status()).isEqualTo(204);
    assertThat(person.send("POST", PATH + "/confirmation", code(app.code())).status())
        .isEqualTo(404);
  }

  @Test
  void aPasswordResetDoesNotSwitchTheFactorOff() {
    Person person = Person.signedIn(api);
    Authenticator app = active(person);
    api.post("/v1/password-resets", Person.email(person.email()));
    String mailed = Person.newestCode(api, person.email());
    assertThat(api.post("/v1/password-resets/confirmation", Person.code(mailed, PASSWORD)).status())
        .isEqualTo(204);
    assertThat(signIn(person, PASSWORD).text("code")).isEqualTo("second-factor-required");
    assertThat(signInWith(person, app.code()).status()).isEqualTo(201);
  }

  /** The first password check of each attempt is right, so no other delay plays a part. */
  @Test
  void wrongCodesWarnTheOwnerAndDelayFurtherCodesButNoRecoveryCode() {
    Person person = Person.signedIn(api);
    Authenticator app = active(person);
    for (int i = 0; i < SecondFactors.FAILURES_WITHOUT_DELAY + 9; i++) {
      assertThat(signInWith(person, app.wrongCode()).text("code")).isEqualTo("sign-in-failed");
      letDelaysPass();
    }
    assertThat(newestMail(person)).isEqualTo("second-factor-failed");
    signInWith(person, app.wrongCode()); // Waits 512 s from now.

    Answer delayed = signInWith(person, app.code());
    assertThat(delayed.status()).isEqualTo(429);
    assertThat(delayed.text("code")).isEqualTo("quota-exceeded");
    assertThat(Integer.parseInt(delayed.header("Retry-After"))).isBetween(200, 512);
    assertThat(signIn(person, PASSWORD).text("code")).isEqualTo("second-factor-required");
    assertThat(signInWith(person, app.recoveryCodes().get(0)).status()).isEqualTo(201);

    letDelaysPass();
    assertThat(signInWith(person, app.code()).status()).isEqualTo(201);
    app.letTimePass(APPLICATION.database());
    assertThat(signInWith(person, app.code()).status()).as("forgotten").isEqualTo(201);
  }

  private static void letDelaysPass() {
    APPLICATION
        .database()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE failed_attempts SET retry_at = retry_at - interval '1 hour'"));
  }

  @Test
  void wrongCodesWithAWrongPasswordDelayNoCode() {
    Person person = Person.signedIn(api);
    Authenticator app = active(person);
    String guess =
        "{\"email\": \"%s\", \"password\": \"%s\", \"code\": \"%s\"}"
            .formatted(person.email(), WRONG, app.wrongCode());
    for (int i = 0; i < SecondFactors.FAILURES_WITHOUT_DELAY + 3; i++) {
      assertThat(api.post("/v1/sessions", guess).status()).isEqualTo(401);
      letDelaysPass();
    }
    assertThat(signInWith(person, app.code()).status()).isEqualTo(201);
  }

  @Test
  void theCodesOfAConfirmationAndOfARemovalCountAsGuessesToo() {
    Person person = Person.signedIn(api);
    Authenticator app = Authenticator.pending(person);
    guessUntilDelayed(person, "POST", PATH + "/confirmation", code(app.wrongCode()));
    letDelaysPass();
    assertThat(person.send("POST", PATH + "/confirmation", code(app.code())).status())
        .isEqualTo(200);

    guessUntilDelayed(person, "DELETE", PATH, removal(PASSWORD, app.wrongCode()));
  }

  private static void guessUntilDelayed(Person person, String method, String path, String body) {
    for (int i = 0; i < SecondFactors.FAILURES_WITHOUT_DELAY + 8; i++) {
      assertThat(person.send(method, path, body).text("code")).isEqualTo("code-not-valid");
      letDelaysPass();
    }
    person.send(method, path, body); // Waits 256 s from now.
    assertThat(person.send(method, path, body).text("code")).isEqualTo("quota-exceeded");
  }

  @Test
  void theDeletionOfTheAccountRemovesItAll() {
    Person person = Person.signedIn(api);
    active(person);
    assertThat(person.send("DELETE", "/v1/accounts/me", password(PASSWORD)).status())
        .isEqualTo(204);
    Person again = Person.registered(api, person.email());
    assertThat(signIn(again, PASSWORD).status()).isEqualTo(201);
  }

  @Test
  void theLogHasEachEventAndNoCode() {
    Person person = Person.signedIn(api);
    try (SecurityLog log = new SecurityLog()) {
      Authenticator app = active(person);
      signInWith(person, app.wrongCode());
      signInWith(person, app.recoveryCodes().get(0));
      person.send("DELETE", PATH, removal(PASSWORD, app.code()));
      assertThat(
              List.of(
                  "second-factor-on",
                  "second-factor-failed",
                  "recovery-code-used",
                  "second-factor-off"))
          .allMatch(log::has);
      assertThat(String.join("\n", log.lines()))
          .doesNotContain(app.secret(), app.recoveryCodes().get(0), app.code(), "@");
    }
  }
}
