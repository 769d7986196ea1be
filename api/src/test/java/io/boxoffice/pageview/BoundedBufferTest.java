package io.boxoffice.pageview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BoundedBufferTest {
  private static final long LONG = Duration.ofMinutes(10).toNanos();

  private final BoundedBuffer<Integer> buffer = new BoundedBuffer<>(5, 3);

  private CompletableFuture<List<Integer>> taken(long nanos) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return buffer.take(nanos);
          } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
          }
        });
  }

  @Test
  void whatDoesNotFitIsRefused() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(buffer.offer(i)).isTrue();
    }
    assertThat(buffer.offer(5)).isFalse();
    assertThat(buffer.take(LONG)).containsExactly(0, 1, 2);
    assertThat(buffer.offer(6)).isTrue();
    assertThat(buffer.take(LONG)).containsExactly(3, 4, 6);
  }

  @Test
  void aFullBatchDoesNotWait() throws Exception {
    CompletableFuture<List<Integer>> batch = taken(LONG);
    for (int i = 0; i < 3; i++) {
      buffer.offer(i);
    }
    assertThat(batch.get(10, TimeUnit.SECONDS)).containsExactly(0, 1, 2);
  }

  @Test
  void aBatchThatIsNotFullWaitsForTheGivenTime() throws Exception {
    buffer.offer(0);
    long begin = System.nanoTime();
    assertThat(buffer.take(Duration.ofMillis(50).toNanos())).containsExactly(0);
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(50_000_000);
    buffer.offer(1);
    assertThat(buffer.take(0)).containsExactly(1);
  }

  @Test
  void aClosedBufferGivesWhatItHasAtOnceAndRefusesMore() throws Exception {
    CompletableFuture<List<Integer>> batch = taken(LONG);
    buffer.offer(0);
    buffer.close();
    assertThat(batch.get(10, TimeUnit.SECONDS)).containsExactly(0);
    assertThat(buffer.offer(1)).isFalse();
    assertThat(buffer.take(LONG)).isEmpty();
    assertThat(buffer.size()).isZero();
  }
}
