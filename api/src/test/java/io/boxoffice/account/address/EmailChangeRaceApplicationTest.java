package io.boxoffice.account.address;

import static io.boxoffice.testing.Person.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.app.BoxOfficeApplication;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.RewrittenSql;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Tests confirmations that are sent at the same time. */
class EmailChangeRaceApplicationTest {
  private static final int RACERS = 8;
  private static final String CHANGES = "/v1/accounts/me/email-changes";
  private static final String ADDRESS = "moved@example.org";

  private final TestDatabase database = TestDatabase.migrated();

  @Test
  void ofEightConfirmationsOneChangesTheAddress() throws Exception {
    TestApplication application = TestApplication.on(database).signing().start();
    try {
      assertThat(confirmedOf(application, "first@example.com")).isEqualTo(1);
    } finally {
      application.stop();
    }
  }

  @Test
  void withoutTheDeletionOfTheCodeEachOfThemDoes() throws Exception {
    RewrittenSql unguarded =
        new RewrittenSql(
            Map.of(
                "DELETE FROM address_changes\nWHERE account_id = ? AND",
                "UPDATE address_changes SET hash = hash\nWHERE account_id = ? AND"));
    TestApplication application = TestApplication.on(database, unguarded).signing().start();
    try {
      assertThat(confirmedOf(application, "first@example.com")).isEqualTo(RACERS);
    } finally {
      application.stop();
    }
    assertThat(unguarded.neverFound()).isEmpty();
  }

  /** Confirms one change eight times at once, and returns how many were accepted. */
  private static long confirmedOf(TestApplication application, String email) {
    ApiClient api = application.client();
    Person person = Person.registered(api, email).signIn();
    String code = requested(api, person);
    List<CompletableFuture<Answer>> racers =
        IntStream.range(0, RACERS).mapToObj(racer -> confirm(api, person, code)).toList();
    long confirmed =
        racers.stream()
            .map(CompletableFuture::join)
            .filter(answer -> answer.status() == 204)
            .count();
    assertThat(person.get("/v1/accounts/me").text("email")).isEqualTo(ADDRESS);
    return confirmed;
  }

  @Test
  void ofTwoAccountsThatChangeToOneAddressOneGetsIt() throws Exception {
    TestApplication application = TestApplication.on(database).signing().start();
    try {
      for (int round = 0; round < 5; round++) {
        assertThat(ownersAfterARace(application, round)).as("round %d", round).isEqualTo(1);
      }
    } finally {
      application.stop();
    }
  }

  @Test
  void withoutTheUniqueKeyBothGetIt() throws Exception {
    TestApplication application = TestApplication.on(database).signing().start();
    try {
      ApiClient api = application.client();
      Person one = Person.registered(api, "one@example.com").signIn();
      Person two = Person.registered(api, "two@example.com").signIn();
      String codeOfOne = requested(api, one);
      String codeOfTwo = requested(api, two);
      database
          .jdbi()
          .useHandle(
              handle -> handle.execute("ALTER TABLE accounts DROP CONSTRAINT accounts_email_key"));
      assertThat(
              Stream.of(confirm(api, one, codeOfOne), confirm(api, two, codeOfTwo))
                  .map(CompletableFuture::join)
                  .map(Answer::status))
          .containsExactly(204, 204);
    } finally {
      application.stop();
    }
  }

  /** Returns how many accounts got the address, and frees it for the next round. */
  private long ownersAfterARace(TestApplication application, int round) {
    ApiClient api = application.client();
    Person one = Person.registered(api, "one-%d@example.com".formatted(round)).signIn();
    Person two = Person.registered(api, "two-%d@example.com".formatted(round)).signIn();
    String codeOfOne = requested(api, one);
    String codeOfTwo = requested(api, two);
    List<Answer> answers =
        Stream.of(confirm(api, one, codeOfOne), confirm(api, two, codeOfTwo))
            .map(CompletableFuture::join)
            .toList();
    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(204, 422);
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 422)
        .extracting(answer -> answer.text("code"))
        .containsExactly("code-not-valid");
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle.execute(
                    "UPDATE accounts SET email = 'past@example.org', email_key = ? WHERE email = ?",
                    "past-%d@example.org".formatted(round),
                    ADDRESS));
  }

  @Test
  void aResetThatIsOvertakenByTheChangeDoesNothing() throws Exception {
    assertThat(overtakenReset(new BoxOfficeApplication())).isEqualTo(422);
  }

  @Test
  void withoutTheLockOfTheResetItSetsThePasswordOfTheMovedAccount() throws Exception {
    RewrittenSql unguarded =
        new RewrittenSql(Map.of("WHERE email_key = ? FOR UPDATE", "WHERE email_key = ?"));
    assertThat(overtakenReset(unguarded)).isEqualTo(204);
    assertThat(unguarded.neverFound()).isEmpty();
  }

  /** Confirms a reset while a change of the address commits, and returns its status. */
  private int overtakenReset(BoxOfficeApplication service) throws Exception {
    TestApplication application =
        TestApplication.on(database, service)
            // Longer than the shipped limit, so that a busy machine changes no outcome.
            .with("database.properties.options", "-c lock_timeout=30s")
            .signing()
            .start();
    try (Handle change = database.jdbi().open()) {
      ApiClient api = application.client();
      Person person = Person.registered(api, "reset@example.com");
      api.post("/v1/password-resets", Person.email(person.email()));
      String reset = Person.code(Person.newestCode(api, person.email()), PASSWORD);
      change.begin();
      change.execute("UPDATE accounts SET email = ?, email_key = ?", ADDRESS, ADDRESS);
      CompletableFuture<Answer> answer =
          api.sendAsync("POST", "/v1/password-resets/confirmation", reset);
      database.awaitLockWaiters(1);
      change.commit();
      return answer.join().status();
    } finally {
      application.stop();
    }
  }

  private static String requested(ApiClient api, Person person) {
    assertThat(person.send("POST", CHANGES, Person.credentials(ADDRESS, PASSWORD)).status())
        .isEqualTo(202);
    return Person.newestCode(api, ADDRESS);
  }

  private static CompletableFuture<Answer> confirm(ApiClient api, Person person, String code) {
    return api.sendAsync(
        "POST", CHANGES + "/confirmation", "{\"code\": \"%s\"}".formatted(code), person.bearer());
  }
}
