package io.boxoffice.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.platform.limit.Policy.Scope;
import io.boxoffice.testing.Eventually;
import io.dropwizard.util.Duration;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a fleet-wide limit does, wherever its requests are counted. */
abstract class FleetLimitContract {
  static final String CLIENT = "192.0.2.1";
  private static final Policy POLICY = TestPolicies.of("test", 5, Duration.hours(20), Scope.FLEET);
  private static final PartitionKeys KEYS = PartitionKeys.of("a secret", new SecureRandom());
  static final int RACERS = 16;

  /** The counts under test. */
  abstract FleetCounts counts();

  /** Deletes all counts. */
  abstract void clear();

  /** Everything that is stored, as text. */
  abstract List<String> stored();

  /** Moves the time at which the quota is whole, as if so many hours had passed. */
  abstract void passHours(int hours);

  @BeforeEach
  void begin() {
    clear();
  }

  /** A limit of another replica: it remembers no refusal. */
  final FleetLimit limit() {
    return limit(counts());
  }

  private static Standing use(FleetLimit limit, int times) {
    Standing last = null;
    for (int i = 0; i < times; i++) {
      last = limit.take(CLIENT);
    }
    return last;
  }

  @Test
  void aQuotaIsAcceptedAtOnceAndThenOneRequestForEachPeriod() {
    int period = 4 * 3600;
    FleetLimit limit = limit();
    for (int remaining = 4; remaining >= 0; remaining--) {
      Standing standing = limit.take(CLIENT);
      assertThat(standing.accepted()).isTrue();
      assertThat(standing.remaining()).isEqualTo(remaining);
      assertThat(standing.seconds()).isBetween(period - 120, period);
    }
    Standing refused = limit.take(CLIENT);
    assertThat(refused.accepted()).isFalse();
    assertThat(refused.remaining()).isZero();
    assertThat(refused.seconds()).isBetween(period - 120, period);

    passHours(4);
    Standing later = limit().take(CLIENT);
    assertThat(later.accepted()).isTrue();
    assertThat(later.remaining()).isZero();

    passHours(20);
    assertThat(limit().take(CLIENT).remaining()).isEqualTo(4);
  }

  @Test
  void aRefusedRequestDoesNotCount() {
    use(limit(), 5);
    List<String> before = stored();
    for (int i = 0; i < 3; i++) {
      assertThat(limit().take(CLIENT).accepted()).isFalse();
    }
    assertThat(stored()).isEqualTo(before).hasSize(1);
  }

  @Test
  void aFloodIsRefusedFromMemoryUntilTheNextRequestMayBeAccepted() {
    FleetLimit limit = limit();
    assertThat(use(limit, 6).accepted()).isFalse();
    clear();

    assertThat(limit.take(CLIENT).accepted()).isFalse();
    assertThat(stored()).isEmpty();
    assertThat(limit.take("192.0.2.2").accepted()).isTrue();
  }

  @Test
  void afterItsWaitARefusedClientIsAcceptedAgain() {
    FleetLimit fast =
        new FleetLimit(
            TestPolicies.of("fast", 1, Duration.seconds(1), Scope.FLEET), KEYS, counts());
    assertThat(fast.take(CLIENT).accepted()).isTrue();
    Eventually.within(java.time.Duration.ofSeconds(20), () -> fast.take(CLIENT).accepted());
  }

  @Test
  void policiesAndPartitionsDoNotShareAQuotaAndNothingStoredShowsAnAddress() {
    FleetLimit limit = limit();
    FleetLimit other =
        new FleetLimit(
            TestPolicies.of("other", 5, Duration.hours(20), Scope.FLEET), KEYS, counts());
    use(limit, 6);

    assertThat(other.take(CLIENT).remaining()).isEqualTo(4);
    assertThat(limit.take("192.0.2.2").remaining()).isEqualTo(4);
    assertThat(stored()).hasSize(3).noneMatch(text -> text.contains("192.0"));
  }

  @Test
  void withAnotherSecretTheSameClientHasAnotherKey() {
    PartitionKeys other = PartitionKeys.of("another", new SecureRandom());
    use(limit(), 1);
    new FleetLimit(POLICY, other, counts()).take(CLIENT);
    assertThat(stored()).hasSize(2);
  }

  @Test
  void ofManyClientsThatRaceForTheLastRequestOneIsAccepted() {
    use(limit(), 4);
    assertThat(race(this::limit)).isEqualTo(1);
  }

  /** How many of the racers are accepted, each of another replica. */
  static long race(Supplier<FleetLimit> limits) {
    ExecutorService replicas = Executors.newFixedThreadPool(RACERS);
    try {
      List<CompletableFuture<Boolean>> racers =
          IntStream.range(0, RACERS)
              .mapToObj(
                  racer ->
                      CompletableFuture.supplyAsync(
                          () -> limits.get().take(CLIENT).accepted(), replicas))
              .toList();
      return racers.stream().filter(CompletableFuture::join).count();
    } finally {
      replicas.shutdownNow();
    }
  }

  /** A limit of another replica with other counts. */
  static FleetLimit limit(FleetCounts counts) {
    return new FleetLimit(POLICY, KEYS, counts);
  }
}
