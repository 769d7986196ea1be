package io.boxoffice.purchase.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Verdict;
import io.opentelemetry.api.trace.Span;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests the dispatcher with tasks that run only when the test runs them. The time-out fails a test
 * whose wait never ends.
 */
@Timeout(20)
class ResponseDispatcherTest {
  private static final Duration NO_LIMIT = Duration.ofMinutes(10);
  private static final int BATCH = 48;

  private final List<Runnable> pendingTasks = new ArrayList<>();

  @Test
  void theNextBatchStartsAtOnceWhenAThirdOfTheLastSizeIsQueued() {
    List<QueuedRequest> batch = batch(BATCH);
    ResponseDispatcher dispatcher = newDispatcher(pendingTasks::add, NO_LIMIT);

    dispatcher.awaitNextBatch(BATCH, BATCH / 3, dispatcher.send(batch, verdicts(BATCH)));

    assertThat(completed(batch)).isZero();
    pendingTasks.forEach(Runnable::run);
    assertThat(completed(batch)).isEqualTo(BATCH);
  }

  @Test
  void aSmallerBatchWaitsForTheFirstResponses() {
    ResponseDispatcher dispatcher = newDispatcher(pendingTasks::add, NO_LIMIT);
    AtomicInteger waitCount = new AtomicInteger();
    CountDownLatch watched =
        new CountDownLatch(1) {
          @Override
          public boolean await(long time, TimeUnit unit) {
            waitCount.incrementAndGet();
            return true;
          }
        };

    dispatcher.awaitNextBatch(BATCH, BATCH / 3 - 1, watched);

    assertThat(waitCount).hasValue(1);
  }

  @Test
  void theWaitEndsWithTheFirstResponses() {
    List<QueuedRequest> batch = batch(BATCH);

    CountDownLatch firstSent =
        newDispatcher(pendingTasks::add, NO_LIMIT).send(batch, verdicts(BATCH));

    assertThat(firstSent.getCount()).isOne();
    pendingTasks.get(0).run();
    assertThat(firstSent.getCount()).isZero();
    assertThat(completed(batch)).isBetween(1L, BATCH - 1L);
  }

  @Test
  void aBlockedDispatcherThreadDoesNotBlockTheNextBatch() {
    ResponseDispatcher dispatcher = newDispatcher(pendingTasks::add, Duration.ofMillis(1));

    dispatcher.awaitNextBatch(BATCH, 0, dispatcher.send(batch(BATCH), verdicts(BATCH)));

    assertThat(pendingTasks).isNotEmpty();
  }

  @Test
  void aSingleRequestGetsItsResponseAtOnce() {
    List<QueuedRequest> batch = batch(1);
    ResponseDispatcher dispatcher = newDispatcher(pendingTasks::add, NO_LIMIT);

    CountDownLatch firstSent = dispatcher.send(batch, verdicts(1));
    dispatcher.awaitNextBatch(1, 0, firstSent);

    assertThat(completed(batch)).isOne();
    assertThat(pendingTasks).isEmpty();
  }

  @Test
  void aDispatcherWithoutThreadsSendsTheResponsesItself() {
    List<QueuedRequest> batch = batch(BATCH);
    Executor closed =
        task -> {
          throw new RejectedExecutionException("closed");
        };

    CountDownLatch firstSent = newDispatcher(closed, NO_LIMIT).send(batch, verdicts(BATCH));

    assertThat(completed(batch)).isEqualTo(BATCH);
    assertThat(firstSent.getCount()).isZero();
  }

  private static ResponseDispatcher newDispatcher(Executor threads, Duration longestWait) {
    return new ResponseDispatcher(
        threads, new SalesMetrics(new MetricRegistry(), new CollectorRegistry()), longestWait);
  }

  private static List<QueuedRequest> batch(int size) {
    UUID type = UUID.randomUUID();
    PurchaseRequest request =
        new PurchaseRequest(
            UUID.randomUUID(), type, "ada@example.com", 1, null, Instant.EPOCH, null, null);
    TicketTypeQueue queue = new TicketTypeQueue(type);
    return IntStream.range(0, size)
        .mapToObj(
            each ->
                new QueuedRequest(
                    queue, request, "r", Span.getInvalid(), 0, new CompletableFuture<>()))
        .toList();
  }

  private static List<Verdict> verdicts(int count) {
    return Stream.<Verdict>generate(() -> new Verdict.SoldOut(0)).limit(count).toList();
  }

  private static long completed(List<QueuedRequest> batch) {
    return batch.stream().filter(entry -> entry.verdict().isDone()).count();
  }
}
