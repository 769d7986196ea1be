package io.boxoffice.account.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.account.factor.Authenticator;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.RewrittenSql;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Sends one code from eight clients to two replicas at the same time. Negative controls: without
 * the condition of the statement, the same requests start several sessions.
 */
class CodeRaceApplicationTest {
  private static final int RACERS = 8;

  @Test
  void ofEightSignInsWithOneCodeOfTheAppOneStartsASession() throws Exception {
    assertThat(sessions(new RewrittenSql(Map.of()), Authenticator::code)).isEqualTo(1);
  }

  @Test
  void withoutTheComparisonOfStepsTheSameSignInsStartSeveral() throws Exception {
    RewrittenSql unguarded = new RewrittenSql(Map.of("AND last_step < ?", "AND ? >= 0"));
    assertThat(sessions(unguarded, Authenticator::code)).isGreaterThan(1);
    assertThat(unguarded.neverFound()).isEmpty();
  }

  @Test
  void ofEightSignInsWithOneRecoveryCodeOneStartsASession() throws Exception {
    assertThat(sessions(new RewrittenSql(Map.of()), app -> app.recoveryCodes().get(0)))
        .isEqualTo(1);
  }

  @Test
  void withoutTheDeletionOfTheRecoveryCodeTheSameSignInsStartSeveral() throws Exception {
    RewrittenSql unguarded =
        new RewrittenSql(
            Map.of("DELETE FROM recovery_codes", "UPDATE recovery_codes SET hash = hash"));
    assertThat(sessions(unguarded, app -> app.recoveryCodes().get(0))).isGreaterThan(1);
    assertThat(unguarded.neverFound()).isEmpty();
  }

  private static long sessions(RewrittenSql service, Function<Authenticator, String> code)
      throws Exception {
    TestDatabase database = TestDatabase.migrated();
    TestApplication one = replica(database, service).start();
    TestApplication other = replica(database, service).start();
    try {
      Person person = Person.signedIn(one.client());
      Authenticator app = Authenticator.active(person, database);
      String body = Authenticator.credentials(person, code.apply(app));
      List<ApiClient> clients = List.of(one.client(), other.client());
      List<CompletableFuture<Integer>> racers =
          IntStream.range(0, RACERS)
              .mapToObj(
                  racer ->
                      clients
                          .get(racer % 2)
                          .sendAsync("POST", "/v1/sessions", body)
                          .thenApply(ApiClient.Answer::status))
              .toList();
      List<Integer> statuses = racers.stream().map(CompletableFuture::join).toList();
      assertThat(statuses).isSubsetOf(201, 401, 429);
      return statuses.stream().filter(status -> status == 201).count();
    } finally {
      other.stop();
      one.stop();
    }
  }

  /** The password is checked by two threads of each replica, and no attempt of it is delayed. */
  private static TestApplication replica(TestDatabase database, RewrittenSql service) {
    return TestApplication.on(database, service)
        .signing()
        .with("accounts.sessions.failuresWithoutDelay", "1000")
        .with("accounts.hashing.threads", "2");
  }
}
