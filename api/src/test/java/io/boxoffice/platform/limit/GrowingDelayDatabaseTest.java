package io.boxoffice.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A wait of the database passes by an update of the test, which moves its times. */
class GrowingDelayDatabaseTest {
  private static final String WHO = "ada";
  private static final int FREE = 3;
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration MEMORY = Duration.ofHours(1);

  private static TestDatabase database;
  private static Jdbi jdbi;

  private static final PartitionKeys KEYS = PartitionKeys.of("a secret", new SecureRandom());

  private final GrowingDelay delay = new GrowingDelay(jdbi, KEYS, "test", FREE, LONGEST, MEMORY);

  @BeforeAll
  static void connect() {
    database = TestDatabase.migrated();
    database.setLockTimeout("60s");
    jdbi = database.jdbi();
  }

  @BeforeEach
  void begin() {
    execute("DELETE FROM failed_attempts");
  }

  private static int execute(String sql) {
    return jdbi.withHandle(handle -> handle.execute(sql));
  }

  private static int count(String condition) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT count(*) FROM failed_attempts WHERE " + condition)
                .mapTo(Integer.class)
                .one());
  }

  private static void pass(String interval) {
    execute(
        """
        UPDATE failed_attempts
        SET retry_at = retry_at - interval '%1$s', forgotten_at = forgotten_at - interval '%1$s'
        """
            .formatted(interval));
  }

  /** The seconds of Retry-After; 0 for an attempt that is accepted. */
  private static int refusal(GrowingDelay delay) {
    try {
      delay.begin(WHO);
      return 0;
    } catch (ProblemException refused) {
      assertThat(refused.problem().status()).isEqualTo(429);
      return refused.retryAfterSeconds().orElseThrow();
    }
  }

  @Test
  void eachFurtherFailureDoublesTheWaitUpToTheLongest() {
    for (int i = 1; i <= FREE; i++) {
      assertThat(delay.begin(WHO)).isEqualTo(i);
    }
    for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900}) {
      Instant before = time("clock_timestamp()");
      assertThat(refusal(delay)).isZero();
      Instant after = time("clock_timestamp()");
      assertThat(time("retry_at"))
          .isBetween(before.plusSeconds(seconds), after.plusSeconds(seconds));
      pass("15 minutes");
    }
  }

  private static Instant time(String expression) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT " + expression + " FROM failed_attempts")
                .mapTo(Instant.class)
                .one());
  }

  @Test
  void anAttemptThatIsTooEarlyIsRefusedWithTheRestOfTheWaitAndCountsForNothing() {
    failTimes(FREE + 7); // waits 64 s
    for (int i = 0; i < 3; i++) {
      assertThat(refusal(delay)).isBetween(30, 64);
    }
    pass("64 seconds");
    assertThat(delay.begin(WHO)).isEqualTo(FREE + 8);
  }

  private void failTimes(int times) {
    for (int i = 0; i < times; i++) {
      pass("15 minutes");
      assertThat(refusal(delay)).isZero();
    }
  }

  @Test
  void aSuccessOrAnHourAfterTheWaitForgetsTheFailures() {
    failTimes(FREE + 3);
    delay.forget(WHO);
    assertThat(delay.begin(WHO)).isEqualTo(1);

    failTimes(FREE + 3);
    pass("59 minutes");
    assertThat(delay.begin(WHO)).isEqualTo(FREE + 5);
    pass("61 minutes 30 seconds");
    assertThat(delay.begin(WHO)).isEqualTo(1);
  }

  @Test
  void anAttemptThatNothingCheckedDoesNotCount() {
    failTimes(FREE + 5);
    pass("15 minutes");
    delay.begin(WHO);
    delay.takeBack(WHO);
    assertThat(delay.begin(WHO)).isEqualTo(FREE + 6);
  }

  @Test
  void namesAndPartitionsDoNotShareFailuresAndNoRowShowsThem() {
    failTimes(FREE + 5);
    assertThat(delay.begin("another")).isEqualTo(1);
    assertThat(new GrowingDelay(jdbi, KEYS, "other", FREE, LONGEST, MEMORY).begin(WHO))
        .isEqualTo(1);
    assertThat(count("CAST(failed_attempts AS text) LIKE '%ada%'")).isZero();
  }

  /** Without the lock each would read the same row, and all would be accepted. */
  @Test
  void ofManyAttemptsAtOnceOnlyTheFreeOnesAndOneMoreAreAccepted() {
    delay.begin(WHO);
    List<CompletableFuture<Integer>> racers;
    try (Handle other = jdbi.open()) {
      other.begin();
      other.execute("SELECT * FROM failed_attempts FOR UPDATE");
      racers =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> refusal(delay), task -> new Thread(task, "racer-" + i).start()))
              .toList();
      database.awaitLockWaiters(8);
      other.rollback();
    }
    // One before the race, two more without a wait, and the one that causes the first wait.
    assertThat(racers.stream().map(CompletableFuture::join).filter(wait -> wait == 0))
        .hasSize(FREE);
  }

  @Test
  void theCleanUpDeletesWhatIsForgottenAndNothingElse() {
    execute(
        """
        INSERT INTO failed_attempts
        SELECT gen_random_uuid(), 1, now(), now() + n * interval '1 hour'
        FROM generate_series(-2500, 500) AS n WHERE n <> 0
        """);
    GrowingDelay.deleteForgotten(jdbi);
    assertThat(count("true")).isEqualTo(500);
  }

  @Test
  void theTableIsUnlogged() {
    assertThat(
            jdbi.<String, RuntimeException>withHandle(
                handle ->
                    handle
                        .createQuery(
                            "SELECT relpersistence FROM pg_class WHERE relname = 'failed_attempts'")
                        .mapTo(String.class)
                        .one()))
        .isEqualTo("u");
  }
}
