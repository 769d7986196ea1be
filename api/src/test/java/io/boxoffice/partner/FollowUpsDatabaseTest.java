package io.boxoffice.partner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import io.boxoffice.event.postgres.PostgresTransport;
import io.boxoffice.event.postgres.TestSessions;
import io.boxoffice.event.transport.DeadLetter;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.event.transport.TransportException;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that consumers make the calls, with the transport in the database. */
class FollowUpsDatabaseTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final TestSessions sessions = new TestSessions(TestDatabase.migrated());
  private final PostgresTransport transport =
      new PostgresTransport(
          sessions.jdbi(),
          sessions.jdbi(),
          Generators.timeBasedEpochGenerator(),
          Duration.ofMillis(10));
  private final FollowUps followUps =
      new FollowUps(Communication.EVENTS, transport::subscribe, new CollectorRegistry());
  private final List<Event> called = new CopyOnWriteArrayList<>();
  private final Event event = FollowUpsTest.event(EventType.CONCERT_CHANGED);

  @AfterEach
  void close() {
    transport.close();
  }

  private void follow(Function<Integer, CompletableFuture<?>> endOfCall) {
    followUps.add(
        new FollowUp(
            "test",
            Set.of(EventType.CONCERT_CHANGED),
            false,
            Duration.ofMillis(100),
            20,
            2,
            FollowUp.Call.each(
                received -> {
                  called.add(received);
                  return endOfCall.apply(called.size());
                })));
  }

  private List<DeadLetter> deadLetters() {
    try {
      return transport.deadLetters().list(null, 10);
    } catch (TransportException away) {
      throw new IllegalStateException(away);
    }
  }

  @Test
  void aConsumerMakesTheCall() throws Exception {
    follow(call -> CompletableFuture.completedFuture(null));
    assertThat(followUps.after(event)).isCompleted();
    transport.publish(List.of(event, FollowUpsTest.event(EventType.PURCHASE_MADE)));

    Eventually.within(LIMIT, () -> !called.isEmpty());
    Eventually.within(LIMIT, () -> waiting() == 0);
    assertThat(called).containsExactly(event);
  }

  private long waiting() {
    try {
      return transport.backlogs().get(0).deliveries();
    } catch (TransportException away) {
      throw new IllegalStateException(away);
    }
  }

  @Test
  void aFailedCallIsTriedAgain() throws Exception {
    follow(
        call ->
            call == 1
                ? CompletableFuture.failedFuture(new IllegalStateException("down"))
                : CompletableFuture.completedFuture(null));
    transport.publish(List.of(event));

    Eventually.within(LIMIT, () -> called.size() == 2 && waiting() == 0);
    assertThat(called).containsExactly(event, event);
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void aCallThatNeverEndsBecomesADeadLetter() throws Exception {
    follow(call -> new CompletableFuture<Void>());
    transport.publish(List.of(event));

    Eventually.within(LIMIT, () -> !deadLetters().isEmpty());
    assertThat(called).hasSize(Receiver.MOST_DELIVERIES);
    assertThat(deadLetters().get(0).failure())
        .contains("The call test failed: java.util.concurrent.TimeoutException");
  }
}
