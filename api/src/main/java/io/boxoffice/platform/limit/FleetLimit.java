package io.boxoffice.platform.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.math.LongMath;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Limits the requests that all replicas together accept. It remembers in memory until when a
 * partition is refused, because until then no replica can accept a request of it. So a flood costs
 * the store of the counts one step for each request that it may accept, and not one for each
 * request that it receives.
 */
final class FleetLimit implements Limit {
  private static final int MOST_REFUSED_PARTITIONS = 50_000;

  private final Policy policy;
  private final PartitionKeys keys;
  private final FleetCounts counts;
  private final Cache<UUID, Long> refusedUntil;

  FleetLimit(Policy policy, PartitionKeys keys, FleetCounts counts) {
    this.policy = policy;
    this.keys = keys;
    this.counts = counts;
    this.refusedUntil =
        Caffeine.newBuilder()
            .maximumSize(MOST_REFUSED_PARTITIONS)
            .expireAfterWrite(Duration.ofSeconds(policy.window().toSeconds()))
            .build();
  }

  @Override
  public Policy policy() {
    return policy;
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.jdbi.v3.core.JdbiException when the database counts and does not answer
   */
  @Override
  public Standing take(String partition) {
    UUID key = keys.key(policy.name(), partition);
    long begin = System.nanoTime();
    Long until = refusedUntil.getIfPresent(key);
    if (until != null && until - begin > 0) {
      return Standing.refused(until - begin);
    }
    long period = TimeUnit.NANOSECONDS.toMicros(policy.periodNanos());
    long most = (policy.quota() - 1) * period;
    FleetCounts.Taken taken = counts.take(key, period, most);
    // At least one, because a short period can end while the answer returns.
    if (taken.accepted()) {
      long untilWhole = Math.max(1, taken.microsUntilWhole());
      long used = LongMath.divide(untilWhole, period, RoundingMode.CEILING);
      long next = untilWhole - (used - 1) * period;
      return new Standing(true, policy.quota() - used, TimeUnit.MICROSECONDS.toNanos(next));
    }
    long next = TimeUnit.MICROSECONDS.toNanos(Math.max(1, taken.microsUntilWhole() - most));
    refusedUntil.put(key, begin + next);
    return Standing.refused(next);
  }
}
