package io.boxoffice.event.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.Received;
import io.boxoffice.event.transport.TransportException;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestEvents;
import io.boxoffice.testing.TestRabbit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests that no event is lost, and that all goes on alone, whatever happens to the broker. */
class RabbitFailureTest extends RabbitKit {
  private static final int BATCH = 100;

  private static TestRabbit rabbit;

  @BeforeAll
  static void start() {
    rabbit = TestRabbit.running();
  }

  @AfterAll
  static void stop() {
    if (rabbit != null) {
      rabbit.close();
    }
  }

  private void receivesAll(Received received, List<Event> events) {
    Eventually.within(LIMIT, () -> received.ids().size() == events.size());
    assertThat(received.ids())
        .isEqualTo(events.stream().map(Event::id).collect(Collectors.toSet()));
    assertThat(received.outOfOrder(events)).isZero();
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void aBrokerThatIsAwayAtTheStartIsUsedWhenItComes() {
    try (TestRabbit late = TestRabbit.absent()) {
      open(late.url());
      Received received = new Received();
      transport.subscribe(subscription(true, 10), received);
      List<Event> events = events(20, 4);
      assertThatThrownBy(() -> transport.publish(events)).isInstanceOf(TransportException.class);
      assertThatThrownBy(transport::backlogs).isInstanceOf(TransportException.class);
      assertThat(is("connected.publishing")).isFalse();
      late.start();
      relay(transport, events);
      receivesAll(received, events);
      assertThat(is("connected.publishing")).isTrue();
      assertThat(is("connected.consuming")).isTrue();
    }
  }

  @Test
  void aKilledBrokerLosesNothing() {
    open(rabbit.url());
    Received received = new Received();
    transport.subscribe(subscription(true, 50), received);
    List<Event> events = events(10_000, 64);
    CompletableFuture<Void> restart = null;
    for (int from = 0; from < events.size(); from += BATCH) {
      if (from == 3_000 || from == 6_000) {
        if (restart != null) {
          restart.join();
        }
        restart =
            CompletableFuture.runAsync(
                () -> {
                  rabbit.kill();
                  rabbit.start();
                });
      }
      relay(transport, events.subList(from, from + BATCH));
    }
    restart.join();
    receivesAll(received, events);
  }

  @Test
  void duringAnAlarmPublicationsFailAndDeliveriesGoOn() throws Exception {
    open(rabbit.url());
    transport.subscribe(subscription(true, 10), new Received()).close();
    List<Event> before = events(500, 8);
    relay(transport, before);
    rabbit.raiseMemoryAlarm();
    try {
      List<Event> later = events(10, 8);
      assertThatThrownBy(() -> transport.publish(later)).isInstanceOf(TransportException.class);
      assertThat(is("blocked.publishing")).isTrue();
      assertThat(is("blocked.consuming")).isFalse();
      long begin = System.nanoTime();
      assertThatThrownBy(() -> transport.publish(later)).hasMessageContaining("alarm");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
      Received received = new Received();
      transport.subscribe(subscription(true, 10), received);
      Eventually.within(LIMIT, () -> received.ids().size() >= before.size());
      rabbit.clearMemoryAlarm();
      relay(transport, later);
      Eventually.within(LIMIT, () -> received.ids().size() == before.size() + later.size());
      assertThat(is("blocked.publishing")).isFalse();
    } finally {
      rabbit.clearMemoryAlarm();
    }
  }

  @Test
  void aRefusedPasswordIsRepeatedUntilItIsRight() {
    open(rabbit.url());
    Received received = new Received();
    transport.subscribe(subscription(true, 10), received);
    List<Event> events = events(40, 4);
    relay(transport, events.subList(0, 20));
    rabbit.changePassword("another");
    try {
      Eventually.within(LIMIT, () -> !is("connected.publishing") && !is("connected.consuming"));
      assertThatThrownBy(() -> transport.publish(events.subList(20, 40)))
          .hasMessageContaining("refuses the user or the password of RABBITMQ_URL");
    } finally {
      rabbit.restorePassword();
    }
    relay(transport, events.subList(20, 40));
    receivesAll(received, events);
  }

  @Test
  void aFrozenBrokerHoldsNoThreadForLong() throws Exception {
    open(rabbit.url());
    Received received = new Received();
    transport.subscribe(subscription(true, 10), received);
    String large = "{\"text\":\"" + "x".repeat(1_000_000) + "\"}";
    List<Event> events =
        events(50, 4).stream().map(event -> TestEvents.one(name, event.key(), large)).toList();
    relay(transport, events.subList(0, 1));
    rabbit.freeze();
    try {
      // More than the buffers of a socket hold, so that a write waits.
      CompletableFuture<Boolean> publication =
          CompletableFuture.supplyAsync(() -> published(transport, events));
      assertThat(publication.get(30, TimeUnit.SECONDS)).isFalse();
    } finally {
      rabbit.thaw();
    }
    relay(transport, events);
    receivesAll(received, events);
  }
}
