package io.boxoffice.event.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.DeadLetter;
import io.boxoffice.event.transport.Partitions;
import io.boxoffice.event.transport.Received;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.event.transport.TransportException;
import io.boxoffice.platform.rabbitmq.RabbitSettings;
import io.boxoffice.testing.BreakableProxy;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestRabbit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests deleted queues and exchanges, and messages that no consumer can take. */
class RabbitQueueTest extends RabbitKit {
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

  private void replayAll() throws TransportException {
    for (DeadLetter letter : deadLetters()) {
      transport.deadLetters().replay(letter.id());
    }
  }

  @Test
  void aDeletedQueueIsDeclaredAgainAndNothingPublishedLaterIsLost() throws Exception {
    open(rabbit.url());
    Received received = new Received();
    transport.subscribe(subscription(true, 10), received);
    List<Event> events = events(400, 32);
    for (int from = 0; from < events.size(); from += 10) {
      if (from == 200) {
        Eventually.within(LIMIT, () -> received.ids().size() == 200);
        for (int i = 0; i < Partitions.COUNT; i++) {
          rabbit.deleteQueue("/", Topology.workQueues(subscription(true, 10)).get(i));
        }
      }
      relay(transport, events.subList(from, from + 10));
    }
    // Those that were published while a queue was missing are dead letters.
    Eventually.within(LIMIT, () -> received.ids().size() + deadLetters().size() == 400);
    replayAll();
    Eventually.within(LIMIT, () -> received.ids().size() == 400);
  }

  @Test
  void eventsForAQueueThatIsMissingAreDeadLetters() throws Exception {
    open(rabbit.url());
    relay(transport, events(1, 1)); // The first publication declares what is missing.
    transport.subscribe(subscription(false, 10), new Received()).close();
    rabbit.deleteQueue("/", Topology.workQueues(subscription(false, 10)).get(0));
    List<Event> events = events(3, 3);
    transport.publish(events);
    // Their ids have the order of their seconds.
    assertThat(deadLetters())
        .extracting(DeadLetter::event)
        .containsExactlyInAnyOrderElementsOf(events);
    assertThat(deadLetters())
        .allSatisfy(letter -> assertThat(letter.failure()).contains("missing"));
    Received received = new Received();
    transport.subscribe(subscription(false, 10), received);
    replayAll();
    Eventually.within(LIMIT, () -> received.ids().size() == 3);
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void aMessageThatReachesNoQueueIsAFailedPublication() throws Exception {
    open(rabbit.url());
    List<Event> unwanted = events(7, 3);
    relay(transport, unwanted);
    rabbit.deleteQueue("/", "boxoffice.unwanted");
    assertThatThrownBy(() -> transport.publish(unwanted)).hasMessageContaining("returned 7");
    assertThat(count("returned")).isEqualTo(7);
    transport.publish(unwanted);
  }

  @Test
  void aDeletedExchangeIsDeclaredAgainWithItsBindings() {
    open(rabbit.url());
    Received received = new Received();
    transport.subscribe(subscription(true, 10), received);
    atBroker(rabbit, channel -> channel.exchangeDelete(Topology.EVENTS));
    List<Event> events = events(10, 2);
    relay(transport, events);
    Eventually.within(LIMIT, () -> received.ids().size() == events.size());
  }

  @Test
  void aMessageThatIsNoEventIsADeadLetter() throws Exception {
    open(rabbit.url());
    Received received = new Received();
    transport.subscribe(subscription(true, 10), received);
    for (String body : List.of("", "garbage", "[]", "{\"specversion\":\"1.0\"}", "\u0000")) {
      atBroker(
          rabbit,
          channel ->
              channel.basicPublish(
                  Topology.EVENTS, "3." + name, null, body.getBytes(StandardCharsets.UTF_8)));
    }
    List<Event> events = events(40, 16);
    relay(transport, events);
    Eventually.within(LIMIT, () -> received.ids().size() == 40 && deadLetters().size() == 5);
    assertThat(received.all()).hasSize(40);
    for (DeadLetter letter : deadLetters()) {
      assertThat(letter.event().type()).isEqualTo("unreadable");
      assertThat(letter.failure()).contains("CloudEvents");
      assertThat(transport.deadLetters().drop(letter.id())).isTrue();
    }
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void aMessageThatEndsItsConsumersIsADeadLetterAfterFive() throws Exception {
    open(rabbit.url());
    transport.subscribe(subscription(false, 10), new Received()).close();
    Event poison = events(1, 1).get(0);
    transport.publish(List.of(poison));
    for (int i = 0; i < Receiver.MOST_DELIVERIES; i++) {
      dieOn(poison);
    }
    Received received = new Received();
    transport.subscribe(subscription(false, 10), received);
    Eventually.within(LIMIT, () -> deadLetters().size() == 1);
    DeadLetter letter = deadLetters().get(0);
    assertThat(letter.event()).isEqualTo(poison);
    assertThat(letter.failure()).contains("ended");
    assertThat(letter.deliveries()).isEqualTo(Receiver.MOST_DELIVERIES);
    List<Event> later = events(10, 4);
    transport.publish(later);
    Eventually.within(LIMIT, () -> received.ids().size() == 10);
    assertThat(received.count(poison)).isZero();
    assertThat(count("redelivered")).isPositive();
  }

  /** Receives on a client of its own, whose connections end in the middle. */
  private void dieOn(Event poison) {
    BreakableProxy proxy = BreakableProxy.to(rabbit.port());
    Received received = new Received();
    RabbitTransport victim =
        new RabbitTransport(
            new RabbitSettings(rabbit.url(proxy.port())), FAST, new MetricRegistry());
    victim.subscribe(
        subscription(false, 10),
        batch -> {
          proxy.close();
          received.receive(batch);
        });
    Eventually.within(LIMIT, () -> received.count(poison) == 1);
    victim.close();
  }

  @Test
  void aReplayOfAnUnknownDeadLetterChangesNothing() throws Exception {
    open(rabbit.url());
    transport.subscribe(subscription(true, 10), new Received());
    assertThat(transport.deadLetters().replay(UUID.randomUUID())).isFalse();
    assertThat(transport.deadLetters().drop(UUID.randomUUID())).isFalse();
  }
}
