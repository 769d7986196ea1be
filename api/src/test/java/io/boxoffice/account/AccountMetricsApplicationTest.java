package io.boxoffice.account;

import static io.boxoffice.testing.Person.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Checks the figures of accounts at two replicas: each replica counts what it did itself, and both
 * show the same figures of the database.
 */
class AccountMetricsApplicationTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String LIMITS =
      """
      [{"name": "sign-in", "quota": 4, "window": "1h", "method": "POST", "route": "/v1/sessions",
        "scope": "fleet"}]
      """;

  private final TestDatabase database = TestDatabase.migrated();
  private final TestApplication one = replica();
  private final TestApplication other = replica();

  private TestApplication replica() {
    return TestApplication.on(database)
        .signing()
        .with("invariantCheckInterval", "1s")
        .with("rateLimits", LIMITS);
  }

  @BeforeEach
  void start() throws Exception {
    one.start();
    other.start();
  }

  @AfterEach
  void stop() {
    one.stop();
    other.stop();
  }

  @Test
  void eachReplicaCountsItsRequestsAndBothShowTheDatabase() {
    Person ada = Person.registered(one.client());
    Person grace = Person.registered(other.client());
    ada.signIn();
    grace.signIn();
    signIn(one.client(), ada.email(), "not the password of anybody", 401);
    signIn(other.client(), "nobody@example.com", PASSWORD, 401);
    // The quota of the fleet is used up; each replica counts what it refused itself.
    signIn(one.client(), ada.email(), PASSWORD, 429);
    signIn(other.client(), ada.email(), PASSWORD, 429);
    signIn(other.client(), ada.email(), PASSWORD, 429);

    for (TestApplication replica : new TestApplication[] {one, other}) {
      Eventually.within(LIMIT, () -> value(replica, "accounts") == 2);
      Eventually.within(LIMIT, () -> value(replica, "sessions_active") == 2);
      assertThat(value(replica, "sign_ins_total{method=\"password\",outcome=\"granted\",}"))
          .isEqualTo(1);
      assertThat(value(replica, "sign_ins_total{method=\"password\",outcome=\"failed\",}"))
          .isEqualTo(1);
      assertThat(value(replica, "mails_total{kind=\"verification\",}")).isEqualTo(1);
      // A registration, a sign-in, and a sign-in that failed.
      assertThat(value(replica, "hashing_queue_wait_seconds_count")).isEqualTo(3);
    }
    assertThat(value(one, "http_limited_requests_total{policy=\"sign-in\",}")).isEqualTo(1);
    assertThat(value(other, "http_limited_requests_total{policy=\"sign-in\",}")).isEqualTo(2);

    assertThat(ada.send("DELETE", "/v1/sessions", null).status()).isEqualTo(204);
    Eventually.within(LIMIT, () -> value(other, "sessions_active") == 1);
  }

  private static void signIn(ApiClient client, String email, String password, int expected) {
    assertThat(client.post("/v1/sessions", Person.credentials(email, password)).status())
        .isEqualTo(expected);
  }

  private static double value(TestApplication replica, String series) {
    Matcher line =
        Pattern.compile("(?m)^" + Pattern.quote(series) + " (\\S+)$")
            .matcher(replica.adminClient().get("/metrics").raw().body());
    assertThat(line.find()).as(series).isTrue();
    return Double.parseDouble(line.group(1));
  }
}
