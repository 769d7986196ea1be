package io.boxoffice.concert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Tests how long a response is kept, with reads that need no database. */
class ConcertCacheTest {
  private static final UUID CONCERT = new UUID(0, 1);

  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void aReadThatTookLongerThanItsCopyMayBeSentIsRepeated() {
    ConcertCache cache = cache(Duration.ofMillis(50), Duration.ofMillis(60));
    cache.get(CONCERT);
    cache.get(CONCERT);
    assertThat(reads).hasValue(2);
  }

  @Test
  void aReadIsKeptForTheTimeThatIsLeft() {
    ConcertCache cache = cache(Duration.ofHours(1), Duration.ofMillis(60));
    cache.get(CONCERT);
    cache.get(CONCERT);
    assertThat(reads).hasValue(1);
  }

  private ConcertCache cache(Duration maxAge, Duration readTime) {
    return new ConcertCache(
        null,
        null,
        new ObjectMapper(),
        maxAge,
        (id, database) -> {
          reads.incrementAndGet();
          long end = System.nanoTime() + readTime.toNanos();
          while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
          }
          return new ConcertCache.Copy("{}", maxAge);
        },
        id -> {});
  }
}
