package io.boxoffice.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestRedis;
import io.dropwizard.util.Duration;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests what a request pays when Redis fails. Negative controls: without the breaker every request
 * waits for a frozen Redis, and without the time limit a request does not end.
 */
class RedisFailureDatabaseTest {
  private static final java.time.Duration LIMIT = java.time.Duration.ofSeconds(60);
  private static final int REQUESTS = 40;
  private static final Script ECHO = Script.of("limit", "return {ARGV[1]}");
  private static final Script WRITE =
      Script.of("limit", "redis.call('SET', KEYS[1], ARGV[1]) return {ARGV[1]}");

  private final TestRedis server = TestRedis.running();
  private final MetricRegistry metrics = new MetricRegistry();
  private Redis redis;

  /** A breaker that lets every request wait. */
  private static final class NoBreaker extends Breaker {
    @Override
    boolean isOpen() {
      return false;
    }
  }

  @AfterEach
  void stop() {
    redis.stop();
    server.close();
  }

  private void connect(Duration timeout, Breaker breaker) {
    redis =
        new Redis(
            new RedisSettings(server.url(), timeout), metrics, new CollectorRegistry(), breaker);
    redis.start();
    Eventually.within(LIMIT, () -> redis.run(ECHO, "key", "there").isPresent());
  }

  private long count(String outcome) {
    return metrics.meter("redis.requests.limit." + outcome).getCount();
  }

  private long waitedOf(int requests) {
    long before = count("timeout");
    for (int i = 0; i < requests; i++) {
      assertThat(redis.run(ECHO, "key", "frozen")).isEmpty();
    }
    return count("timeout") - before;
  }

  @Test
  void aScriptReturnsItsAnswer() {
    connect(Duration.seconds(2), new Breaker());
    assertThat(redis.run(ECHO, "key", "Zoë")).isEqualTo(Optional.of(List.of("Zoë")));
  }

  @Test
  void fewRequestsWaitForAFrozenRedisAndAllUseItAgainLater() {
    connect(Duration.milliseconds(200), new Breaker());
    server.freeze();
    assertThat(waitedOf(REQUESTS)).isLessThanOrEqualTo(Breaker.MOST_FAILURES);
    assertThat(count("skipped")).isGreaterThanOrEqualTo(REQUESTS - Breaker.MOST_FAILURES);

    server.thaw();
    Eventually.within(LIMIT, () -> redis.run(ECHO, "key", "back").isPresent());
  }

  @Test
  void withoutTheBreakerEveryRequestWaits() {
    connect(Duration.milliseconds(10), new NoBreaker());
    server.freeze();
    // A connection that has been closed after some probes without an answer fails at once.
    assertThat(waitedOf(REQUESTS)).isGreaterThan(Breaker.MOST_FAILURES);
  }

  @Test
  void withoutTheTimeLimitARequestDoesNotEnd() throws Exception {
    connect(Duration.minutes(10), new Breaker());
    server.freeze();
    Thread request = new Thread(() -> redis.run(ECHO, "key", "frozen"));
    request.setDaemon(true);
    request.start();
    request.join(1_000);
    assertThat(request.isAlive()).isTrue();
  }

  @Test
  void aKilledRedisIsUsedAgainAfterItsRestart() {
    connect(Duration.seconds(2), new Breaker());
    server.kill();
    Eventually.within(LIMIT, () -> redis.run(ECHO, "key", "gone").isEmpty());

    server.start();
    Eventually.within(LIMIT, () -> redis.run(ECHO, "key", "back").isPresent());
  }

  @Test
  void aRedisWithoutMemoryIsNotUsedUntilItHasSome() {
    connect(Duration.seconds(2), new Breaker());
    server.with(commands -> commands.configSet("maxmemory", "1mb"));
    assertThat(redis.run(WRITE, "key", "value")).isEmpty();
    Eventually.within(LIMIT, () -> redis.run(ECHO, "key", "full").isEmpty());
    assertThat(count("error")).isLessThanOrEqualTo(Breaker.MOST_FAILURES);

    server.with(commands -> commands.configSet("maxmemory", "0"));
    Eventually.within(LIMIT, () -> redis.run(WRITE, "key", "value").isPresent());
  }

  @Test
  void aSlowRedisIsNotUsed() {
    connect(Duration.seconds(2), new Breaker());
    Eventually.within(
        LIMIT,
        () -> {
          server.with(commands -> commands.clientPause(1_000));
          return redis.run(ECHO, "key", "slow").isEmpty();
        });
    assertThat(count("slow")).isGreaterThan(0);
  }
}
