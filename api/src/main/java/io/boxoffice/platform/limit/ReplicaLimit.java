package io.boxoffice.platform.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * Counts requests in the memory of this replica, in a bucket for each partition. A flood from many
 * addresses cannot fill the memory: the cache drops buckets that are full again or rarely used. A
 * client whose bucket was dropped begins with a whole quota.
 */
final class ReplicaLimit implements Limit {
  /** About 20 MB for each policy. */
  static final int MOST_PARTITIONS = 50_000;

  private final Policy policy;
  private final TimeMeter time;
  private final Cache<String, Bucket> buckets;

  ReplicaLimit(Policy policy, TimeMeter time) {
    this.policy = policy;
    this.time = time;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_PARTITIONS)
            .ticker(time::currentTimeNanos)
            // An unused bucket is full by then, like a new one.
            .expireAfterAccess(Duration.ofSeconds(policy.window().toSeconds()))
            .build();
  }

  @Override
  public Policy policy() {
    return policy;
  }

  @Override
  public Standing take(String partition) {
    ConsumptionProbe probe =
        buckets.get(partition, unused -> newBucket()).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      return Standing.refused(probe.getNanosToWaitForRefill());
    }
    long remaining = probe.getRemainingTokens();
    long laterThanNext = (policy.quota() - 1 - remaining) * policy.periodNanos();
    return new Standing(true, remaining, probe.getNanosToWaitForReset() - laterThanNext);
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(
            limit ->
                limit
                    .capacity(policy.quota())
                    .refillGreedy(policy.quota(), Duration.ofSeconds(policy.window().toSeconds())))
        .withCustomTimePrecision(time)
        .build();
  }

  /** The number of partitions in memory. */
  long partitions() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }
}
