package io.boxoffice.account.oidc;

import static io.boxoffice.testing.TestProvider.address;
import static io.boxoffice.testing.TestProvider.begin;
import static io.boxoffice.testing.TestProvider.complete;
import static io.boxoffice.testing.TestProvider.completion;
import static io.boxoffice.testing.TestProvider.newSubject;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.RewrittenSql;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestProvider;
import io.boxoffice.testing.TestProvider.Begun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests sign-ins that many requests end at once, at two replicas. */
class IdentityRaceApplicationTest {
  private static final TestProvider PROVIDER = TestProvider.start();
  private static final int RACERS = 8;
  private static final int ROUNDS = 10;

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @AfterEach
  void restore() {
    PROVIDER.restore(TestProvider.TOKEN);
  }

  private static TestApplication application(TestApplication application) throws Exception {
    return PROVIDER.usedBy(application.signing()).start();
  }

  @Test
  void aSignInThatOneReplicaBeganEndsAtAnother() throws Exception {
    TestDatabase database = TestDatabase.migrated();
    TestApplication one = application(TestApplication.on(database));
    TestApplication other = application(TestApplication.on(database));
    try {
      PROVIDER.signsIn(newSubject(), address(newSubject() + "@example.com", true));
      Begun begun = begin(one.client());
      Answer ended =
          complete(other.client(), begun.id(), completion(begun, PROVIDER.authorize(begun)));
      assertThat(ended.status()).as(ended.raw().body()).isEqualTo(201);
    } finally {
      one.stop();
      other.stop();
    }
  }

  @Test
  void ofEightRequestsThatEndOneSignInOneGetsASession() throws Exception {
    TestDatabase database = TestDatabase.migrated();
    TestApplication one = application(TestApplication.on(database));
    TestApplication other = application(TestApplication.on(database));
    try {
      for (int round = 0; round < ROUNDS; round++) {
        List<Answer> answers = race(one.client(), other.client());
        assertThat(answers)
            .extracting(Answer::status)
            .as("round %d", round)
            .containsOnlyOnce(201)
            .containsOnly(201, 401);
        assertThat(sessions(database)).isEqualTo(round + 1);
      }
    } finally {
      one.stop();
      other.stop();
    }
  }

  @Test
  void withoutTheDeletionTheSameRequestsGetSeveralSessions() throws Exception {
    RewrittenSql unguarded =
        new RewrittenSql(
            Map.of(
                "DELETE FROM identity_sign_ins\nWHERE id",
                "SELECT * FROM identity_sign_ins\nWHERE id",
                "RETURNING identity_sign_ins.*",
                ""));
    TestDatabase database = TestDatabase.migrated();
    TestApplication one = application(TestApplication.on(database, unguarded));
    try {
      race(one.client(), one.client());
      assertThat(sessions(database)).isGreaterThan(1);
    } finally {
      one.stop();
    }
    assertThat(unguarded.neverFound()).isEmpty();
  }

  /** Sends eight requests that end one sign-in. The provider accepts its code each time. */
  private static List<Answer> race(ApiClient one, ApiClient other) {
    String subject = newSubject();
    Begun begun = begin(one);
    String body = completion(begun, PROVIDER.authorize(begun));
    PROVIDER.acceptsEveryCode(begun, subject, address(subject + "@example.com", true));
    return send(
        IntStream.range(0, RACERS)
            .mapToObj(racer -> new Sent(racer % 2 == 0 ? one : other, begun, body))
            .toList());
  }

  /** A request that ends a sign-in. */
  private record Sent(ApiClient replica, Begun begun, String body) {}

  private static List<Answer> send(List<Sent> requests) {
    List<CompletableFuture<Answer>> answers =
        requests.stream()
            .map(
                sent ->
                    sent.replica()
                        .sendAsync(
                            "POST",
                            "/v1/identity-sign-ins/" + sent.begun().id() + "/completion",
                            sent.body()))
            .toList();
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private static int sessions(TestDatabase database) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery("SELECT count(*) FROM sessions").mapTo(Integer.class).one());
  }

  @Test
  void firstSignInsOfOnePersonAtTheSameTimeAllOpenOneAccount() throws Exception {
    TestDatabase database = TestDatabase.migrated();
    TestApplication one = application(TestApplication.on(database));
    TestApplication other = application(TestApplication.on(database));
    try {
      String subject = newSubject();
      List<Sent> requests = new ArrayList<>();
      for (int racer = 0; racer < RACERS; racer++) {
        PROVIDER.signsIn(subject, address(subject + "@example.com", true));
        ApiClient replica = (racer % 2 == 0 ? one : other).client();
        Begun begun = begin(replica);
        requests.add(new Sent(replica, begun, completion(begun, PROVIDER.authorize(begun))));
      }
      assertThat(send(requests)).extracting(Answer::status).containsOnly(201);
      assertThat(sessions(database)).isEqualTo(RACERS);
    } finally {
      one.stop();
      other.stop();
    }
  }
}
