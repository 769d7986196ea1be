package io.boxoffice.purchase;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tells batches on threads that a test holds up; who is held up for good shows by the time-out. */
@Timeout(20)
class ResponseDispatcherTest {
  private static final Duration FOR_EVER = Duration.ofMinutes(10);
  private static final int BATCH = 48;

  private final List<Runnable> heldUp = new ArrayList<>();

  @Test
  void aBatchBeginsAtOnceWhenAThirdOfTheLastOneWaits() {
    List<QueuedRequest> batch = batch(BATCH);
    ResponseDispatcher tellers = tellers(heldUp::add, FOR_EVER);

    tellers.awaitNextBatch(BATCH, BATCH / 3, tellers.tell(batch, verdicts(BATCH)));

    assertThat(told(batch)).isZero();
    heldUp.forEach(Runnable::run);
    assertThat(told(batch)).isEqualTo(BATCH);
  }

  @Test
  void aSmallerBatchGathersUntilTheFirstAreTold() {
    ResponseDispatcher tellers = tellers(heldUp::add, FOR_EVER);
    AtomicInteger waits = new AtomicInteger();
    CountDownLatch watched =
        new CountDownLatch(1) {
          @Override
          public boolean await(long time, TimeUnit unit) {
            waits.incrementAndGet();
            return true;
          }
        };

    tellers.awaitNextBatch(BATCH, BATCH / 3 - 1, watched);

    assertThat(waits).hasValue(1);
  }

  @Test
  void theWaitEndsWithTheFirstThatAreTold() {
    List<QueuedRequest> batch = batch(BATCH);

    CountDownLatch firstTold = tellers(heldUp::add, FOR_EVER).tell(batch, verdicts(BATCH));

    assertThat(firstTold.getCount()).isOne();
    heldUp.get(0).run();
    assertThat(firstTold.getCount()).isZero();
    assertThat(told(batch)).isBetween(1L, BATCH - 1L);
  }

  @Test
  void aTellerWhoIsHeldUpHoldsNoBatch() {
    ResponseDispatcher tellers = tellers(heldUp::add, Duration.ofMillis(1));

    tellers.awaitNextBatch(BATCH, 0, tellers.tell(batch(BATCH), verdicts(BATCH)));

    assertThat(heldUp).isNotEmpty();
  }

  @Test
  void aLoneBuyerIsToldAtOnce() {
    List<QueuedRequest> batch = batch(1);
    ResponseDispatcher tellers = tellers(heldUp::add, FOR_EVER);

    CountDownLatch firstTold = tellers.tell(batch, verdicts(1));
    tellers.awaitNextBatch(1, 0, firstTold);

    assertThat(told(batch)).isOne();
    assertThat(heldUp).isEmpty();
  }

  private static ResponseDispatcher tellers(Executor threads, Duration longestWait) {
    return new ResponseDispatcher(
        threads, new SalesMetrics(new MetricRegistry(), new CollectorRegistry()), longestWait);
  }

  private static List<QueuedRequest> batch(int size) {
    UUID type = UUID.randomUUID();
    PurchaseRequest request =
        new PurchaseRequest(UUID.randomUUID(), type, "ada@example.com", 1, null, Instant.EPOCH);
    TicketTypeQueue queue = new TicketTypeQueue(type);
    return IntStream.range(0, size)
        .mapToObj(each -> new QueuedRequest(queue, request, "r", 0, new CompletableFuture<>()))
        .toList();
  }

  private static List<Verdict> verdicts(int count) {
    return Stream.<Verdict>generate(() -> new Verdict.SoldOut(0)).limit(count).toList();
  }

  private static long told(List<QueuedRequest> batch) {
    return batch.stream().filter(entry -> entry.verdict().isDone()).count();
  }
}
