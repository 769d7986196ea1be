package io.boxoffice.account;

import static io.boxoffice.testing.Person.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.SecurityLog;
import io.boxoffice.testing.TestApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Checks that the log has no event of a change that the database rolled back: a trigger of the test
 * rejects each change at its commit, after all other statements.
 */
class RolledBackEventApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.shipped().signing();

  private ApiClient api;

  @BeforeEach
  void connect() {
    api = APPLICATION.client();
  }

  @AfterEach
  void acceptCommits() {
    execute("DROP FUNCTION IF EXISTS reject() CASCADE");
  }

  private static void execute(String sql) {
    APPLICATION.database().jdbi().useHandle(handle -> handle.execute(sql));
  }

  private static void rejectCommits(String changes) {
    execute(
        """
        CREATE FUNCTION reject() RETURNS trigger LANGUAGE plpgsql
        AS $$BEGIN RAISE EXCEPTION 'rejected by the test'; END$$
        """);
    execute(
        """
        CREATE CONSTRAINT TRIGGER reject AFTER %s DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION reject()
        """
            .formatted(changes));
  }

  @Test
  void anAccountThatIsNotCreated() {
    String email = "rolled-back@example.com";
    api.post("/v1/accounts", Person.email(email));
    String body = Person.code(Person.newestCode(api, email), PASSWORD);
    try (SecurityLog log = new SecurityLog()) {
      rejectCommits("INSERT ON accounts");
      assertThat(api.post("/v1/account-verifications", body).status()).isEqualTo(500);
      assertThat(log.has("account-created")).isFalse();

      acceptCommits();
      assertThat(api.post("/v1/account-verifications", body).status()).isEqualTo(201);
      assertThat(log.has("account-created")).isTrue();
    }
  }

  @Test
  void aPasswordThatIsNotReset() {
    Person person = Person.registered(api);
    api.post("/v1/password-resets", Person.email(person.email()));
    String body = Person.code(Person.newestCode(api, person.email()), PASSWORD);
    try (SecurityLog log = new SecurityLog()) {
      rejectCommits("UPDATE ON accounts");
      assertThat(api.post("/v1/password-resets/confirmation", body).status()).isEqualTo(500);
      assertThat(log.has("password-reset")).isFalse();

      acceptCommits();
      assertThat(api.post("/v1/password-resets/confirmation", body).status()).isEqualTo(204);
      assertThat(log.has("password-reset")).isTrue();
    }
  }

  @Test
  void aSessionThatDoesNotEnd() {
    String first = Person.signedIn(api).refreshToken();
    refresh(refresh(first).text("refreshToken"));
    try (SecurityLog log = new SecurityLog()) {
      rejectCommits("UPDATE ON sessions");
      assertThat(refresh(first).status()).isEqualTo(500);
      assertThat(log.has("refresh-token-reused")).isFalse();

      acceptCommits();
      assertThat(refresh(first).status()).isEqualTo(401);
      assertThat(log.has("refresh-token-reused")).isTrue();
    }
  }

  private ApiClient.Answer refresh(String token) {
    return api.post("/v1/sessions/refresh", "{\"refreshToken\": \"%s\"}".formatted(token));
  }
}
