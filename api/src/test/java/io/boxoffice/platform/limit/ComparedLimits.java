package io.boxoffice.platform.limit;

import io.boxoffice.platform.limit.Policy.Scope;
import io.boxoffice.platform.redis.Redis;
import io.dropwizard.util.Duration;
import io.github.bucket4j.TimeMeter;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** Gives the benchmark of the stores one request of a limit, by where it is counted. */
public final class ComparedLimits {
  private ComparedLimits() {}

  /** Each takes one request of a partition from a quota that is never used up. */
  public static Map<String, Consumer<String>> by(Jdbi jdbi, Redis redis) {
    Map<String, Consumer<String>> limits = new LinkedHashMap<>();
    Policy policy = TestPolicies.of("compared", 1_000_000, Duration.seconds(1), Scope.FLEET);
    PartitionKeys keys = PartitionKeys.of("compared", new SecureRandom());
    FleetCounts database = new DatabaseCounts(jdbi);
    Limit inMemory = new ReplicaLimit(policy, TimeMeter.SYSTEM_NANOTIME);
    Limit inPostgres = new FleetLimit(policy, keys, database);
    Limit inRedis = new FleetLimit(policy, keys, new RedisCounts(redis, database));
    limits.put("PostgreSQL", inPostgres::take);
    limits.put("Redis", inRedis::take);
    limits.put("memory", inMemory::take);
    return limits;
  }
}
