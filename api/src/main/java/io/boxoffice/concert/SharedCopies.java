package io.boxoffice.concert;

import io.boxoffice.concert.ConcertCache.Copy;
import io.boxoffice.platform.redis.Redis;
import io.boxoffice.platform.redis.Script;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Shares responses about single concerts between replicas, by Redis, so that one query serves all
 * replicas. Only the clock of Redis counts: the copy expires {@code maxAge} after a time that is
 * read before the query, so a copy that arrives late is not stored.
 */
final class SharedCopies implements ConcertCache.Copies {
  private static final String PREFIX = "boxoffice:concert:";

  /** Returns the copy and how long it is valid; without one, an empty text and the time. */
  private static final Script READ =
      Script.of(
          "cache",
          """
          local copy = redis.call('GET', KEYS[1])
          if copy and copy ~= '' then
            return {copy, redis.call('PTTL', KEYS[1])}
          end
          local time = redis.call('TIME')
          return {'', time[1] * 1000 + math.floor(time[2] / 1000)}
          """);

  private static final Script STORE =
      Script.of(
          "cache",
          """
          redis.call('SET', KEYS[1], ARGV[1], 'PXAT', ARGV[2], 'NX')
          return {}
          """);

  private final Redis redis;
  private final Duration maxAge;

  /** Shares copies that are at most so old. */
  SharedCopies(Redis redis, Duration maxAge) {
    this.redis = redis;
    this.maxAge = maxAge;
  }

  /** The key of a concert's copy. */
  static String key(UUID concertId) {
    return PREFIX + concertId;
  }

  @Override
  public Copy read(UUID concertId, Supplier<String> database) {
    Optional<List<Object>> found = redis.run(READ, key(concertId));
    if (found.isPresent() && found.get().get(0) instanceof String copy && !copy.isEmpty()) {
      return new Copy(copy, Duration.ofMillis((Long) found.get().get(1)));
    }
    String json = database.get();
    found.ifPresent(
        answer ->
            redis.send(
                STORE,
                key(concertId),
                json,
                Long.toString((Long) answer.get(1) + maxAge.toMillis())));
    return new Copy(json, maxAge);
  }
}
