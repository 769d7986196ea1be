package io.boxoffice.event.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.event.model.Event;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests what every transport does with deliveries that fail. */
abstract class FailureContract extends TransportKit {

  /** Records everything, and fails on each batch with one event. */
  private static Receiver failingOn(Event poison, Received received) {
    return batch -> {
      received.receive(batch);
      if (batch.stream().anyMatch(event -> event.id().equals(poison.id()))) {
        throw new IllegalStateException("cannot read it");
      }
    };
  }

  @Test
  void aFailedDeliveryIsRepeated() throws TransportException {
    Transport transport = transport();
    Received tries = new Received();
    transport.subscribe(
        subscription(true, 10),
        batch -> {
          tries.receive(batch);
          if (tries.all().size() < 3) {
            throw new IllegalStateException("not yet");
          }
        });
    List<Event> events = events(1, 1);
    transport.publish(events);
    eventually(() -> tries.count(events.get(0)) == 3);
    eventually(() -> backlog(transport).deliveries() == 0);
    assertThat(deadLetters(transport)).isEmpty();
  }

  @Test
  void afterFiveDeliveriesADeadLetterRemains() throws TransportException {
    Transport transport = transport();
    List<Event> events = events(20, 5);
    Event poison = events.get(7);
    Received received = new Received();
    transport.subscribe(subscription(false, 10), failingOn(poison, received));
    transport.publish(events);
    eventually(() -> deadLetters(transport).size() == 1);
    DeadLetter letter = deadLetters(transport).get(0);
    assertThat(letter.event()).isEqualTo(poison);
    assertThat(letter.failure()).contains("cannot read it");
    assertThat(letter.deliveries()).isEqualTo(Receiver.MOST_DELIVERIES);
    assertThat(received.count(poison)).isEqualTo(Receiver.MOST_DELIVERIES);
    eventually(() -> received.ids().size() == events.size());
    eventually(() -> backlog(transport).deliveries() == 0);
    assertThat(backlog(transport).deadLetters()).isEqualTo(1);
  }

  @Test
  void onlyItsKeyWaitsForAFailingDelivery() throws TransportException {
    Transport transport = transport();
    List<Event> events = events(100, 5);
    Event poison = events.get(7);
    Received done = new Received();
    Received tries = new Received();
    transport.subscribe(
        subscription(true, 10),
        batch -> {
          failingOn(poison, tries).receive(batch);
          done.receive(batch);
        });
    transport.publish(events);
    eventually(() -> done.ids().size() == events.size() - 1);
    assertThat(done.ids()).doesNotContain(poison.id());
    List<Event> others = events.stream().filter(event -> !event.id().equals(poison.id())).toList();
    assertThat(done.outOfOrder(others)).isZero();
    eventually(() -> deadLetters(transport).size() == 1);
    // The events behind the poison were not tried before it was given up.
    List<UUID> ofItsKey =
        tries.all().stream()
            .filter(event -> event.key().equals(poison.key()))
            .map(Event::id)
            .distinct()
            .toList();
    assertThat(ofItsKey)
        .containsExactlyElementsOf(
            events.stream()
                .filter(event -> event.key().equals(poison.key()))
                .map(Event::id)
                .toList());
  }

  @Test
  void aReplayDeliversAgain() throws TransportException {
    Transport transport = transport();
    DeadLetter letter = makeDeadLetter(transport);
    Received received = new Received();
    transport.subscribe(subscription(false, 10), received);
    assertThat(transport.deadLetters().replay(letter.id())).isTrue();
    eventually(() -> received.count(letter.event()) == 1);
    assertThat(received.all().get(0)).isEqualTo(letter.event());
    assertThat(deadLetters(transport)).isEmpty();
    assertThat(transport.deadLetters().replay(letter.id())).isFalse();
  }

  @Test
  void aReplayThatFailsIsADeadLetterAgain() throws TransportException {
    Transport transport = transport();
    DeadLetter letter = makeDeadLetter(transport);
    Received tries = new Received();
    try (var unused =
        transport.subscribe(subscription(false, 10), failingOn(letter.event(), tries))) {
      transport.deadLetters().replay(letter.id());
      eventually(() -> tries.count(letter.event()) == Receiver.MOST_DELIVERIES);
      eventually(() -> deadLetters(transport).size() == 1);
    }
  }

  @Test
  void aDroppedDeadLetterIsGone() throws TransportException {
    Transport transport = transport();
    DeadLetter letter = makeDeadLetter(transport);
    assertThat(transport.deadLetters().drop(letter.id())).isTrue();
    assertThat(deadLetters(transport)).isEmpty();
    assertThat(transport.deadLetters().drop(letter.id())).isFalse();
    assertThat(transport.deadLetters().replay(UUID.randomUUID())).isFalse();
  }

  @Test
  void deadLettersAreReadInPages() throws TransportException {
    Transport transport = transport();
    List<Event> events = events(3, 3);
    try (var unused =
        transport.subscribe(
            subscription(false, 10),
            batch -> {
              throw new IllegalStateException("never");
            })) {
      transport.publish(events);
      eventually(() -> deadLetters(transport).size() == 3);
    }
    List<DeadLetter> all = transport.deadLetters().list(null, 1_000);
    assertThat(all).isSortedAccordingTo((a, b) -> a.id().toString().compareTo(b.id().toString()));
    assertThat(transport.deadLetters().list(null, 2)).isEqualTo(all.subList(0, 2));
    assertThat(transport.deadLetters().list(all.get(0).id(), 2)).isEqualTo(all.subList(1, 3));
    assertThat(transport.deadLetters().list(all.get(all.size() - 1).id(), 2)).isEmpty();
  }

  private DeadLetter makeDeadLetter(Transport transport) throws TransportException {
    List<Event> events = events(1, 1);
    try (var unused =
        transport.subscribe(subscription(false, 10), failingOn(events.get(0), new Received()))) {
      transport.publish(events);
      eventually(() -> deadLetters(transport).size() == 1);
    }
    return deadLetters(transport).get(0);
  }
}
