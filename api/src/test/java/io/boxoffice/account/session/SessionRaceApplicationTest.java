package io.boxoffice.account.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.RewrittenSql;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests sessions that many requests use at once, and sessions at two replicas. */
class SessionRaceApplicationTest {
  private static final int RACERS = 8;
  private static final int ROUNDS = 40;

  /** The longest time in which every replica must reject an ended session. */
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(2);

  @Test
  void ofEightRefreshesWithOneTokenAllGetTheSameSuccessor() throws Exception {
    TestDatabase database = TestDatabase.migrated();
    try (Running one = new Running(TestApplication.on(database).signing());
        Running other = new Running(TestApplication.on(database).signing())) {
      String token = Person.signedIn(one.client()).refreshToken();
      for (int round = 0; round < ROUNDS; round++) {
        List<Answer> answers = race(token, one.client(), other.client());
        assertThat(answers).extracting(Answer::status).containsOnly(200);
        Set<String> successors = successors(answers);
        assertThat(successors).as("round %d", round).hasSize(1);
        token = successors.iterator().next();
      }
    }
  }

  @Test
  void withoutTheComparisonOfGenerationsTheSameRequestsSignAnHonestClientOut() throws Exception {
    RewrittenSql unguarded = new RewrittenSql(Map.of("AND generation = ?", "AND ? >= 0"));
    TestDatabase database = TestDatabase.migrated();
    try (Running one = new Running(TestApplication.on(database, unguarded).signing());
        Running guarded = new Running(TestApplication.on(database).signing())) {
      String token = Person.signedIn(one.client()).refreshToken();
      String successor = successors(race(token, one.client(), one.client())).iterator().next();
      assertThat(refresh(guarded.client(), successor).status()).isEqualTo(401);
    }
    assertThat(unguarded.neverFound()).isEmpty();
  }

  @Test
  void anEndedSessionIsRejectedByEveryReplicaWithinTwoSeconds() throws Exception {
    TestDatabase database = TestDatabase.migrated();
    try (Running one = new Running(TestApplication.on(database).signing());
        Running other = new Running(TestApplication.on(database).signing())) {
      Person person = Person.signedIn(one.client());
      Person elsewhere = person.at(other.client());
      assertThat(elsewhere.get("/v1/sessions").status())
          .as("a token of another replica is accepted at once")
          .isEqualTo(200);

      assertThat(person.send("DELETE", "/v1/sessions", null).status()).isEqualTo(204);
      assertThat(person.get("/v1/sessions").status()).isEqualTo(401);
      Eventually.within(ENDS_WITHIN, () -> elsewhere.get("/v1/sessions").status() == 401);
    }
  }

  private static List<Answer> race(String token, ApiClient one, ApiClient other) {
    List<CompletableFuture<Answer>> racers =
        IntStream.range(0, RACERS)
            .mapToObj(
                racer ->
                    (racer % 2 == 0 ? one : other)
                        .sendAsync("POST", "/v1/sessions/refresh", body(token)))
            .toList();
    return racers.stream().map(CompletableFuture::join).toList();
  }

  private static Answer refresh(ApiClient client, String token) {
    return client.post("/v1/sessions/refresh", body(token));
  }

  private static String body(String token) {
    return "{\"refreshToken\": \"%s\"}".formatted(token);
  }

  private static Set<String> successors(List<Answer> answers) {
    return answers.stream()
        .map(answer -> answer.text("refreshToken"))
        .filter(token -> !token.isEmpty())
        .collect(Collectors.toSet());
  }

  /** A started service that stops at the end of its try block. */
  private record Running(TestApplication application) implements AutoCloseable {
    Running {
      try {
        application.start();
      } catch (Exception cause) {
        throw new IllegalStateException(cause);
      }
    }

    ApiClient client() {
      return application.client();
    }

    @Override
    public void close() {
      application.stop();
    }
  }
}
