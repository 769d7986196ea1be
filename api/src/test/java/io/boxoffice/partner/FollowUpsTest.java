package io.boxoffice.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.event.transport.Subscription;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tests who makes the calls in each way, with calls of the test. */
class FollowUpsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final CollectorRegistry metrics = new CollectorRegistry();
  private final Map<Subscription, Receiver> consumers = new LinkedHashMap<>();
  private final List<String> begun = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private FollowUps followUps(Communication way) {
    return new FollowUps(way, consumers::put, metrics);
  }

  static Event event(EventType type) {
    UUID id = UUID.randomUUID();
    return new Event(id, Event.SHOP, type.text(), id, id, Instant.EPOCH, "{}");
  }

  private FollowUp followUp(String consumer, boolean onlyByEvents, CompletableFuture<?> end) {
    return new FollowUp(
        consumer,
        Set.of(EventType.CONCERT_CHANGED),
        onlyByEvents,
        LIMIT,
        20,
        1,
        FollowUp.Call.each(
            event -> {
              begun.add(consumer);
              threads.add(Thread.currentThread());
              return end;
            }));
  }

  private double lost(String consumer) {
    return metrics.getSampleValue(
        "follow_ups_lost_total", new String[] {"consumer"}, new String[] {consumer});
  }

  @Test
  void blockingCallsRunInSequenceAndTheThreadWaits() throws Exception {
    FollowUps followUps = followUps(Communication.BLOCKING);
    CompletableFuture<Void> first = new CompletableFuture<>();
    followUps.add(followUp("first", false, first));
    followUps.add(followUp("second", false, CompletableFuture.completedFuture(null)));
    Thread request =
        new Thread(
            () -> assertThat(followUps.after(event(EventType.CONCERT_CHANGED))).isCompleted());
    request.start();
    while (request.getState() != Thread.State.TIMED_WAITING
        && request.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }

    assertThat(begun).containsExactly("first");
    first.complete(null);
    request.join(LIMIT.toMillis());
    assertThat(begun).containsExactly("first", "second");
    assertThat(threads).containsOnly(request);
    assertThat(consumers).isEmpty();
  }

  @Test
  void nonblockingCallsRunSideBySideAndNoThreadWaits() {
    FollowUps followUps = followUps(Communication.NONBLOCKING);
    CompletableFuture<Void> first = new CompletableFuture<>();
    CompletableFuture<Void> second = new CompletableFuture<>();
    followUps.add(followUp("first", false, first));
    followUps.add(followUp("second", false, second));
    CompletableFuture<Void> all =
        followUps.after(event(EventType.CONCERT_CHANGED)).toCompletableFuture();

    assertThat(begun).containsExactly("first", "second");
    second.complete(null);
    assertThat(all).isNotDone();
    first.complete(null);
    assertThat(all).isCompleted();
    assertThat(consumers).isEmpty();
  }

  @Test
  void eventsAreAnsweredAtOnceAndCalledByConsumers() throws Exception {
    FollowUps followUps = followUps(Communication.EVENTS);
    followUps.add(followUp("first", false, CompletableFuture.completedFuture(null)));
    Event event = event(EventType.CONCERT_CHANGED);

    assertThat(followUps.after(event)).isCompleted();
    assertThat(begun).isEmpty();
    consumers.values().iterator().next().receive(List.of(event, event));
    assertThat(begun).containsExactly("first", "first");
    assertThat(consumers.keySet())
        .containsExactly(new Subscription("first", Set.of("concert.changed"), false, 20));
  }

  @Test
  void aFailureInARequestIsCountedAndNotPassedOn() {
    for (Communication way : List.of(Communication.BLOCKING, Communication.NONBLOCKING)) {
      FollowUps followUps = new FollowUps(way, consumers::put, new CollectorRegistry());
      followUps.add(
          followUp("other", false, CompletableFuture.failedFuture(new IllegalStateException("x"))));
      assertThat(followUps.after(event(EventType.CONCERT_CHANGED))).isCompleted();
    }
    FollowUps followUps = followUps(Communication.NONBLOCKING);
    followUps.add(
        new FollowUp(
            "thrower",
            Set.of(EventType.CONCERT_CHANGED),
            false,
            LIMIT,
            20,
            1,
            events -> {
              throw new IllegalStateException("before the call");
            }));
    followUps.add(followUp("good", false, CompletableFuture.completedFuture(null)));

    assertThat(followUps.after(event(EventType.CONCERT_CHANGED))).isCompleted();
    assertThat(begun).contains("good");
    assertThat(lost("thrower")).isOne();
    assertThat(lost("good")).isZero();
  }

  @Test
  void aCallThatNeverEndsIsLostAfterItsLimit() {
    FollowUps followUps = followUps(Communication.BLOCKING);
    followUps.add(
        new FollowUp(
            "never",
            Set.of(EventType.CONCERT_CHANGED),
            false,
            Duration.ofMillis(50),
            20,
            1,
            events -> new CompletableFuture<Void>()));

    assertThat(followUps.after(event(EventType.CONCERT_CHANGED))).isCompleted();
    assertThat(lost("never")).isOne();
  }

  @Test
  void onlyEventsOfItsTypesAreFollowed() {
    FollowUps followUps = followUps(Communication.BLOCKING);
    followUps.add(followUp("first", false, CompletableFuture.completedFuture(null)));
    followUps.add(followUp("sales", true, CompletableFuture.completedFuture(null)));
    followUps.after(event(EventType.PURCHASE_MADE)).toCompletableFuture().join();

    assertThat(begun).isEmpty();
    assertThat(consumers.keySet()).extracting(Subscription::consumer).containsExactly("sales");
  }

  @Test
  void theRequestsThreadWaitsForACommitElsewhereOnlyWhenBlocking() {
    Event event = event(EventType.CONCERT_CHANGED);
    FollowUps blocking = followUps(Communication.BLOCKING);
    blocking.add(followUp("first", false, CompletableFuture.completedFuture(null)));
    CompletableFuture<String> commit =
        CompletableFuture.supplyAsync(
            () -> "committed", CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));

    assertThat(blocking.after(commit, committed -> List.of(event)))
        .isCompletedWithValue("committed");
    assertThat(threads).containsOnly(Thread.currentThread());

    FollowUps nonblocking =
        new FollowUps(Communication.NONBLOCKING, consumers::put, new CollectorRegistry());
    CompletableFuture<String> open = new CompletableFuture<>();
    CompletableFuture<String> after =
        nonblocking.after(open, committed -> List.of(event)).toCompletableFuture();
    assertThat(after).isNotDone();
    open.completeExceptionally(new IllegalStateException("rolled back"));
    assertThat(after).isCompletedExceptionally();
  }
}
