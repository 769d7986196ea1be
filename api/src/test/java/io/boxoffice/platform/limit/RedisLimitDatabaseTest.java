package io.boxoffice.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.platform.redis.Redis;
import io.boxoffice.platform.redis.Script;
import io.boxoffice.testing.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Counts in a real Redis. */
class RedisLimitDatabaseTest extends FleetLimitContract {
  private static final String KEYS = "boxoffice:limit:*";

  private static TestRedis server;
  private static Redis redis;

  /** A request that Redis does not count is an error of these tests. */
  private static final FleetCounts NONE =
      (key, period, most) -> {
        throw new AssertionError("not counted in Redis");
      };

  @BeforeAll
  static void connect() {
    server = TestRedis.running();
    redis = server.connect(server.unconnected(Duration.ofSeconds(2)));
  }

  @AfterAll
  static void stop() {
    redis.stop();
    server.close();
  }

  @Override
  FleetCounts counts() {
    return new RedisCounts(redis, NONE);
  }

  @Override
  void clear() {
    server.with(commands -> commands.flushall());
  }

  @Override
  List<String> stored() {
    return server.with(
        commands -> {
          List<String> all = new ArrayList<>();
          commands.keys(KEYS).forEach(key -> all.add(key + " " + commands.get(key)));
          return all;
        });
  }

  @Override
  void passHours(int hours) {
    server.with(
        commands -> {
          for (String key : commands.keys(KEYS)) {
            commands.decrby(key, hours * 3_600_000_000L);
          }
          return null;
        });
  }

  @Test
  void aCountExpiresWhenTheQuotaIsWholeAgain() {
    limit().take(CLIENT);
    long millis = server.with(commands -> commands.pttl(commands.keys(KEYS).get(0)));
    assertThat(millis)
        .isBetween(Duration.ofMinutes(238).toMillis(), Duration.ofHours(4).toMillis());
  }

  @Test
  void aScriptThatRedisHasForgottenIsSentAgain() {
    limit().take(CLIENT);
    server.with(commands -> commands.scriptFlush());
    assertThat(limit().take(CLIENT).remaining()).isEqualTo(3);
  }

  /**
   * Negative control of the race: the same computation in two steps, all reads before all writes.
   */
  @Test
  void withoutOneStepForReadAndWriteMoreThanTheLastRequestIsAccepted() {
    Script read = Script.of("test", "return {redis.call('GET', KEYS[1]) or '0'}");
    Script write = Script.of("test", "redis.call('SET', KEYS[1], ARGV[1]) return {}");
    CyclicBarrier allHaveRead = new CyclicBarrier(RACERS);
    FleetCounts inTwoSteps =
        (key, period, most) -> {
          long used = Long.parseLong((String) redis.run(read, "last").orElseThrow().get(0));
          await(allHaveRead);
          List<Object> unused =
              redis.run(write, "last", Long.toString(used + period)).orElseThrow();
          return new FleetCounts.Taken(used == 0, used + period);
        };
    assertThat(race(() -> limit(inTwoSteps))).isEqualTo(RACERS);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException cause) {
      throw new IllegalStateException(cause);
    }
  }
}
