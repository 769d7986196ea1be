package io.boxoffice.platform.limit;

import io.boxoffice.platform.redis.Redis;
import io.boxoffice.platform.redis.Script;
import java.util.List;
import java.util.UUID;

/**
 * Counts in Redis, which is faster than PostgreSQL. When Redis does not answer, the request is
 * counted in PostgreSQL, where the counts begin anew.
 */
final class RedisCounts implements FleetCounts {
  private static final String PREFIX = "boxoffice:limit:";

  /**
   * The same computation as {@link RateLimitDao#take}, by the clock of Redis. The key expires when
   * the quota is whole again, because it is like an absent one then.
   */
  private static final Script TAKE =
      Script.of(
          "limit",
          """
          local time = redis.call('TIME')
          local now = time[1] * 1000000 + time[2]
          local period, most = tonumber(ARGV[1]), tonumber(ARGV[2])
          local whole = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
          if whole > now + most then
            return {0, whole - now}
          end
          whole = whole + period
          redis.call('SET', KEYS[1], string.format('%.0f', whole), 'PX', math.ceil((whole - now) / 1000))
          return {1, whole - now}
          """);

  private final Redis redis;
  private final FleetCounts otherwise;

  /**
   * Counts in the given Redis.
   *
   * @param otherwise counts the requests that Redis does not count
   */
  RedisCounts(Redis redis, FleetCounts otherwise) {
    this.redis = redis;
    this.otherwise = otherwise;
  }

  @Override
  public Taken take(UUID key, long period, long most) {
    return redis
        .run(TAKE, PREFIX + key, Long.toString(period), Long.toString(most))
        .map(RedisCounts::taken)
        .orElseGet(() -> otherwise.take(key, period, most));
  }

  private static Taken taken(List<Object> answer) {
    return new Taken(answer.get(0).equals(1L), (Long) answer.get(1));
  }
}
