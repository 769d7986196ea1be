package io.boxoffice.account.session;

import static io.boxoffice.testing.Person.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Guesses passwords at two replicas, which trust the test as a proxy: it names the networks of its
 * clients. The waits of the database pass by an update of the test.
 */
class SignInDelayApplicationTest {
  private static final int FREE = 5;
  private static final String WRONG = "not the password of anybody";
  private static final String NETWORK = "203.0.113.";
  private static final String OTHER_NETWORK = "198.51.100.7";

  private static final TestDatabase DATABASE = TestDatabase.migrated();
  private static final TestApplication ONE = replica();
  private static final TestApplication OTHER = replica();

  private static TestApplication replica() {
    return TestApplication.on(DATABASE).signing().with("trustedProxies", "127.0.0.0/8,::1");
  }

  @BeforeAll
  static void start() throws Exception {
    ONE.start();
    OTHER.start();
  }

  @AfterAll
  static void stop() {
    OTHER.stop();
    ONE.stop();
  }

  private static Answer signIn(
      TestApplication replica, String email, String password, String client) {
    return replica
        .client()
        .post("/v1/sessions", Person.credentials(email, password), "X-Forwarded-For", client);
  }

  /** Lets the time pass that the longest delay needs. */
  private static void pass() {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE failed_attempts SET retry_at = retry_at - interval '15 minutes'"));
  }

  /** Fails from changing hosts of one network, at both replicas in turn. */
  private static void fail(String email, int times) {
    for (int i = 0; i < times; i++) {
      Answer answer = signIn(i % 2 == 0 ? ONE : OTHER, email, WRONG, NETWORK + i);
      assertThat(answer.text("code")).as("attempt %d", i).isEqualTo("sign-in-failed");
      if (i >= FREE) {
        pass();
      }
    }
  }

  /** After eight failures more than the free ones, the next one waits 256 s. */
  private static void failUntilTheDelayIsLong(String email) {
    fail(email, FREE + 8);
    assertThat(signIn(ONE, email, WRONG, NETWORK + 99).text("code")).isEqualTo("sign-in-failed");
  }

  @Test
  void theDelayIsTheSameForAKnownAndAnUnknownAddressAndAllReplicasShareIt() {
    Person person = Person.registered(ONE.client());
    List<Answer> refused = new ArrayList<>();
    for (String email : List.of(person.email(), "unknown-" + person.email())) {
      failUntilTheDelayIsLong(email);
      for (TestApplication replica : List.of(ONE, OTHER)) {
        Answer answer = signIn(replica, email, PASSWORD, NETWORK + 200);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.text("code")).isEqualTo("quota-exceeded");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(100, 256);
        refused.add(answer);
      }
    }
    assertThat(refused.stream().map(answer -> answer.text("detail")).distinct()).hasSize(1);
  }

  @Test
  void anotherNetworkCannotKeepTheOwnerOut() {
    Person person = Person.registered(ONE.client());
    failUntilTheDelayIsLong(person.email());
    assertThat(signIn(ONE, person.email(), PASSWORD, NETWORK + 1).status()).isEqualTo(429);

    assertThat(signIn(ONE, person.email(), PASSWORD, OTHER_NETWORK).status()).isEqualTo(201);
    assertThat(signIn(ONE, person.email(), PASSWORD, NETWORK + 1).status())
        .as("a success elsewhere changes nothing for the network of the guesses")
        .isEqualTo(429);
  }

  @Test
  void theSpellingOfAnAddressIsNoWayAround() {
    Person person = Person.registered(ONE.client());
    failUntilTheDelayIsLong(person.email());
    String spelled = person.email().replace("person", "PERSON").replace("example", "EXAMPLE");
    assertThat(signIn(ONE, spelled, WRONG, NETWORK + 1).status()).isEqualTo(429);
  }

  @Test
  void aSuccessForgetsTheFailures() {
    Person person = Person.registered(ONE.client());
    for (int round = 0; round < 3; round++) {
      fail(person.email(), FREE - 1);
      assertThat(signIn(ONE, person.email(), PASSWORD, NETWORK + 1).status()).isEqualTo(201);
    }
  }

  /** The delay stands before the queue: a delayed flood costs no password check. */
  @Test
  void aDelayedSignInIsCountedAndTakesNoPlaceInTheQueue() {
    String email = "delayed@example.com";
    failUntilTheDelayIsLong(email);
    double delayed = count("delayed");
    double failed = count("failed");
    signIn(ONE, email, WRONG, NETWORK + 1);
    assertThat(count("delayed")).isEqualTo(delayed + 1);
    assertThat(count("failed")).isEqualTo(failed);
  }

  private static double count(String outcome) {
    String name = "sign_ins_total{method=\"password\",outcome=\"%s\",} ".formatted(outcome);
    return ONE.adminClient()
        .get("/metrics")
        .raw()
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .sum();
  }

  @Test
  void aSignInThatTheFullQueueRejectedDoesNotDelayTheNextOne() throws Exception {
    TestDatabase database = TestDatabase.migrated();
    TestApplication small =
        TestApplication.on(database)
            .signing()
            .with("accounts.hashing.queueLength", "1")
            .with("accounts.sessions.failuresWithoutDelay", "1000")
            .start();
    try {
      ApiClient client = small.client();
      Person person = Person.registered(client);
      String body = Person.credentials(person.email(), PASSWORD);
      List<CompletableFuture<Answer>> flood =
          IntStream.range(0, 30)
              .mapToObj(i -> client.sendAsync("POST", "/v1/sessions", body))
              .toList();
      assertThat(flood).extracting(answer -> answer.join().status()).contains(201, 503);
    } finally {
      small.stop();
    }
    assertThat(
            database
                .jdbi()
                .<Integer, RuntimeException>withHandle(
                    handle ->
                        handle
                            .createQuery("SELECT coalesce(sum(failures), 0) FROM failed_attempts")
                            .mapTo(Integer.class)
                            .one()))
        .isZero();
  }
}
