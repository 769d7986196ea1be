package io.boxoffice.account.address;

import static io.boxoffice.testing.Person.PASSWORD;
import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.TestApplication;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailChangeApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final String ANOTHER = "nine doors and a louder lamp";
  private static final String CHANGES = "/v1/accounts/me/email-changes";

  private ApiClient api;

  @BeforeEach
  void connect() {
    api = APPLICATION.client();
  }

  private static String newAddress() {
    return "moved-%d@example.org".formatted(COUNT.incrementAndGet());
  }

  private static Answer request(Person person, String email) {
    return person.send("POST", CHANGES, Person.credentials(email, PASSWORD));
  }

  private static Answer confirm(Person person, String code) {
    return person.send("POST", CHANGES + "/confirmation", "{\"code\": \"%s\"}".formatted(code));
  }

  private int signIn(String email) {
    return api.post("/v1/sessions", Person.credentials(email, PASSWORD)).status();
  }

  private List<String> kinds(String email) {
    JsonNode mails =
        api.get("/v1/mails?limit=100&recipient=" + email, operator()).body().path("items");
    return StreamSupport.stream(mails.spliterator(), false)
        .map(mail -> mail.path("kind").asText())
        .toList();
  }

  @Test
  void theCodeOfTheNewAddressChangesItOnceAndTheOldOneIsWarned() {
    Person person = Person.signedIn(api);
    Person phone = person.at(api).signIn();
    String address = newAddress();

    assertThat(request(person, address).status()).isEqualTo(202);
    assertThat(kinds(person.email())).last().isEqualTo("address-change-requested");
    assertThat(person.get("/v1/accounts/me").text("email"))
        .as("nothing has changed yet")
        .isEqualTo(person.email());

    String code = Person.newestCode(api, address);
    assertThat(confirm(person, code).status()).isEqualTo(204);
    assertThat(person.get("/v1/accounts/me").text("email")).isEqualTo(address);
    assertThat(phone.get("/v1/accounts/me").status()).as("other sessions end").isEqualTo(401);
    assertThat(signIn(person.email())).isEqualTo(401);
    assertThat(signIn(address)).isEqualTo(201);
    assertThat(kinds(person.email())).last().isEqualTo("address-changed");
    assertThat(Person.newestMail(api, person.email()).path("body").asText())
        .doesNotContain(address);

    assertThat(confirm(person, code).text("code")).isEqualTo("code-not-valid");
    Person.registered(api, person.email()); // The old address is free.
  }

  @Test
  void aRequestNeedsThePassword() {
    Person person = Person.signedIn(api);
    String address = newAddress();
    Answer wrong = person.send("POST", CHANGES, Person.credentials(address, ANOTHER));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body().at("/errors/0/field").asText()).isEqualTo("password");
    assertThat(person.send("POST", CHANGES, Person.email(address)).status()).isEqualTo(422);
    assertThat(api.post(CHANGES, Person.credentials(address, PASSWORD)).status()).isEqualTo(401);
    assertThat(kinds(address)).isEmpty();
    assertThat(kinds(person.email())).doesNotContain("address-change-requested");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada@example.org\\nBcc: eve@example.org", " ada@example.org", "ada", ""})
  void anythingButAnAddressIsRejected(String email) {
    Answer rejected = request(Person.signedIn(api), email);
    assertThat(rejected.status()).isEqualTo(422);
    assertThat(rejected.body().at("/errors/0/field").asText()).isEqualTo("email");
  }

  @Test
  void theAnswerIsTheSameForAnAddressThatHasAnAccount() {
    Person person = Person.signedIn(api);
    Person other = Person.registered(api);
    Answer free = request(person, newAddress());
    Answer taken = request(person, other.email().replace("person", "PERSON"));

    assertThat(taken.status()).isEqualTo(free.status()).isEqualTo(202);
    assertThat(taken.raw().body()).isEqualTo(free.raw().body()).isEmpty();
    assertThat(taken.raw().headers().map().keySet()).isEqualTo(free.raw().headers().map().keySet());
    JsonNode mail = Person.newestMail(api, other.email());
    assertThat(mail.path("kind").asText()).isEqualTo("address-in-use");
    assertThat(mail.path("body").asText()).doesNotContain(person.email());
    assertThat(kinds(person.email()))
        .filteredOn("address-change-requested"::equals)
        .as("both are the same work")
        .hasSize(2);
  }

  @Test
  void theSpellingOfTheOwnAddressCanChange() {
    Person person = Person.signedIn(api);
    String upper = person.email().replace("person", "PERSON");
    request(person, upper);
    assertThat(confirm(person, Person.newestCode(api, upper)).status()).isEqualTo(204);
    assertThat(person.get("/v1/accounts/me").text("email")).isEqualTo(upper);
  }

  @Test
  void anAddressThatGotAnAccountMeanwhileIsAnsweredLikeAWrongCode() {
    Person person = Person.signedIn(api);
    String address = newAddress();
    request(person, address);
    String code = Person.newestCode(api, address);
    Person.registered(api, address);

    Answer late = confirm(person, code);
    Answer wrong = confirm(person, "AAAAAAAAAAAAAAAAAAAAAA");
    assertThat(late.status()).isEqualTo(wrong.status()).isEqualTo(422);
    assertThat(late.text("code")).isEqualTo(wrong.text("code")).isEqualTo("code-not-valid");
    assertThat(late.text("detail")).isEqualTo(wrong.text("detail"));
    assertThat(person.get("/v1/accounts/me").text("email")).isEqualTo(person.email());
  }

  @Test
  void aCodeIsOfOneAccountAndOfTheNewestRequest() {
    Person person = Person.signedIn(api);
    Person other = Person.signedIn(api);
    String first = newAddress();
    String second = newAddress();
    request(person, first);
    request(other, newAddress());
    String code = Person.newestCode(api, first);
    assertThat(confirm(other, code).text("code")).isEqualTo("code-not-valid");
    assertThat(api.post("/v1/account-verifications", Person.code(code, PASSWORD)).text("code"))
        .as("it creates no account")
        .isEqualTo("code-not-valid");

    request(person, second);
    assertThat(confirm(person, code).text("code")).isEqualTo("code-not-valid");
    assertThat(confirm(person, Person.newestCode(api, second)).status()).isEqualTo(204);
  }

  @Test
  void aPasswordChangeAndAResetMakeTheCodeInvalid() {
    Person person = Person.signedIn(api);
    String address = newAddress();
    request(person, address);
    person.send(
        "PUT",
        "/v1/accounts/me/password",
        "{\"currentPassword\": \"%s\", \"newPassword\": \"%s\"}".formatted(PASSWORD, ANOTHER));
    assertThat(confirm(person, Person.newestCode(api, address)).text("code"))
        .isEqualTo("code-not-valid");

    person = Person.signedIn(api);
    request(person, address);
    api.post("/v1/password-resets", Person.email(person.email()));
    String reset = Person.newestCode(api, person.email());
    api.post("/v1/password-resets/confirmation", Person.code(reset, PASSWORD));
    assertThat(confirm(person.signIn(), Person.newestCode(api, address)).text("code"))
        .isEqualTo("code-not-valid");
  }

  @Test
  void aResetOfTheOldAddressDoesNothingAfterTheChange() {
    Person person = Person.signedIn(api);
    String address = newAddress();
    api.post("/v1/password-resets", Person.email(person.email()));
    String reset = Person.newestCode(api, person.email());
    request(person, address);
    confirm(person, Person.newestCode(api, address));

    assertThat(
            api.post("/v1/password-resets/confirmation", Person.code(reset, ANOTHER)).text("code"))
        .isEqualTo("code-not-valid");
    assertThat(signIn(address)).isEqualTo(201);
  }

  @Test
  void purchasesAreClaimedByTheNewAddressOnly() {
    Person person = Person.signedIn(api);
    String address = newAddress();
    String concert = api.createConcert(10, operator()).path("id").asText();
    for (String buyer : List.of(person.email(), address)) {
      String body = "{\"email\": \"%s\", \"quantity\": 1}".formatted(buyer);
      assertThat(api.post("/v1/concerts/" + concert + "/purchases", body).status()).isEqualTo(201);
    }
    request(person, address);
    confirm(person, Person.newestCode(api, address));

    Answer claim = person.send("POST", "/v1/accounts/me/purchase-claims", null);
    assertThat(claim.body().path("claimed").asInt()).isEqualTo(1);
    assertThat(person.get("/v1/accounts/me/purchases").body().at("/items/0/email").asText())
        .isEqualTo(address);
  }

  @Test
  void aCodeExpires() {
    Person person = Person.signedIn(api);
    String address = newAddress();
    request(person, address);
    APPLICATION
        .database()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE address_changes SET expires_at = now() WHERE email = ?", address));
    assertThat(confirm(person, Person.newestCode(api, address)).text("code"))
        .isEqualTo("code-not-valid");
  }

  @Test
  void theSixthRequestOfAnAccountIsRefused() throws Exception {
    TestApplication limited = TestApplication.shipped().signing().with("rateLimits", "").start();
    try {
      Person person = Person.signedIn(limited.client());
      Answer first = request(person, "many@example.org");
      assertThat(first.header("RateLimit-Policy")).isEqualTo("\"email-change\";q=5;w=600");
      Eventually.within(
          Duration.ofSeconds(60), () -> request(person, "many@example.org").status() == 429);
    } finally {
      limited.stop();
    }
  }
}
