package io.boxoffice.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.concert.Price;
import io.boxoffice.order.state.OrderState;
import io.boxoffice.platform.error.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderWaitersTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int MOST = 2;
  private static final Instant LATER = Instant.EPOCH.plusSeconds(1);

  private final List<Collection<UUID>> lookedUp = new ArrayList<>();
  private final List<Order> stored = new ArrayList<>();
  private final OrderWaiters waiters =
      new OrderWaiters(
          MOST,
          ids -> {
            lookedUp.add(ids);
            return stored;
          });

  @AfterEach
  void stop() {
    waiters.stop();
  }

  private static Order order(UUID id, OrderState state) {
    return order(id, state, state == OrderState.HELD ? Instant.EPOCH : LATER);
  }

  private static Order order(UUID id, OrderState state, Instant now) {
    Price price = new Price(1L, "EUR");
    return new Order(id, id, id, "a@b.c", 1, price, state, now, now, now, null, null, null);
  }

  private final Order held = order(new UUID(1, 1), OrderState.HELD);
  private final Order paying = order(held.id(), OrderState.PAYING);

  @Test
  void aChangeAnswersAllWhoHaveNotSeenIt() {
    CompletableFuture<Order> one = waiters.await(held, LONG);
    CompletableFuture<Order> other = waiters.await(held, LONG);
    waiters.changed(held);
    waiters.changed(order(new UUID(2, 2), OrderState.PAYING));
    assertThat(one).isNotDone();
    waiters.changed(paying);
    assertThat(one).isCompletedWithValue(paying);
    assertThat(other).isCompletedWithValue(paying);
  }

  @Test
  void aChangeThatIsAnnouncedLateAnswersNobodyWhoSawALaterOne() {
    CompletableFuture<Order> answer = waiters.await(paying, LONG);
    waiters.changed(held);
    assertThat(answer).isNotDone();
    Order again = order(held.id(), OrderState.HELD, LATER.plusNanos(1000));
    waiters.changed(again);
    assertThat(answer).isCompletedWithValue(again);
  }

  @Test
  void oneQueryLooksForChangesOfOtherReplicas() {
    CompletableFuture<Order> one = waiters.await(held, LONG);
    CompletableFuture<Order> other = waiters.await(order(new UUID(2, 2), OrderState.HELD), LONG);
    stored.add(paying);
    waiters.poll();
    assertThat(lookedUp).hasSize(1);
    assertThat(lookedUp.get(0)).containsExactlyInAnyOrder(held.id(), new UUID(2, 2));
    assertThat(one).isCompletedWithValue(paying);
    assertThat(other).isNotDone();
  }

  @Test
  void withoutWaitingRequestsThereIsNoQuery() {
    waiters.await(held, LONG).complete(held);
    waiters.poll();
    assertThat(lookedUp).isEmpty();
  }

  @Test
  void theLimitReturnsTheOrderAsItWasSeen() throws Exception {
    assertThat(waiters.await(held, Duration.ofMillis(1)).get(30, TimeUnit.SECONDS)).isSameAs(held);
    assertThat(waiters.await(held, Duration.ZERO)).isCompletedWithValue(held);
  }

  @Test
  void aFullRegistryKeepsNobodyElse() {
    CompletableFuture<Order> first = waiters.await(held, LONG);
    waiters.requireRoom();
    assertThat(waiters.await(held, LONG)).isNotDone();
    assertThatThrownBy(waiters::requireRoom).isInstanceOf(ProblemException.class);
    assertThat(waiters.await(held, LONG)).isCompletedWithValue(held);

    first.complete(held);
    waiters.requireRoom();
    assertThat(waiters.await(held, LONG)).isNotDone();
  }

  @Test
  void aStopAnswersEverybody() {
    CompletableFuture<Order> one = waiters.await(held, LONG);
    waiters.lifeCycleStopping(null);
    assertThat(one).isCompletedWithValue(held);
    assertThat(waiters.await(held, LONG)).isCompletedWithValue(held);
  }
}
