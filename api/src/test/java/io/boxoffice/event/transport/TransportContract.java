package io.boxoffice.event.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.event.model.Event;
import io.boxoffice.testing.TestEvents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Tests what every transport must do; the test of each transport extends this. */
public abstract class TransportContract extends FailureContract {
  private static final int PUBLISHED_AT_ONCE = 100;

  @Test
  void aConsumerReceivesAllEventsOfItsTypes() throws TransportException {
    Transport transport = transport();
    Received received = new Received();
    transport.subscribe(subscription(true, 50), received);
    List<Event> mixed = new ArrayList<>();
    for (Event event : events(1_000, 20)) {
      mixed.add(event);
      mixed.add(TestEvents.one(name + "-other", event.key(), "{}"));
    }
    transport.publish(mixed.subList(0, 1_000));
    transport.publish(mixed.subList(1_000, 2_000));
    List<Event> wanted = mixed.stream().filter(event -> event.type().equals(name)).toList();
    eventually(() -> received.ids().size() == wanted.size());
    assertThat(received.all()).hasSameElementsAs(wanted).hasSameSizeAs(wanted);
    assertThat(received.outOfOrder(wanted)).isZero();
    assertThat(received.largestBatch()).isBetween(1, 50);
    eventually(() -> backlog(transport).deliveries() == 0);
  }

  @Test
  void eachConsumerReceivesAllEvents() throws TransportException {
    Transport transport = transport();
    Received one = new Received();
    Received other = new Received();
    transport.subscribe(subscription(true, 50), one);
    transport().subscribe(new Subscription(name + "-b", Set.of(name), false, 7), other);
    List<Event> events = events(100, 10);
    transport.publish(events);
    eventually(() -> one.ids().size() == 100 && other.ids().size() == 100);
    assertThat(other.all()).hasSameElementsAs(events);
  }

  @Test
  void orderIsKeptWithThreeConsumersOfWhichOneIsKilled() throws Exception {
    Transport publisher = transport();
    Received received = new Received();
    AtomicBoolean dead = new AtomicBoolean();
    CountDownLatch all = new CountDownLatch(3);
    Client victim = client();
    victim
        .transport()
        .subscribe(
            subscription(true, 10),
            meetingOthers(
                all,
                batch -> {
                  synchronized (received) {
                    if (dead.get()) {
                      throw new IllegalStateException("killed");
                    }
                    received.receive(batch);
                  }
                }));
    for (int i = 0; i < 2; i++) {
      transport().subscribe(subscription(true, 10), meetingOthers(all, received));
    }
    List<Event> events = events(4_000, 64);
    for (int from = 0; from < events.size(); from += PUBLISHED_AT_ONCE) {
      publisher.publish(events.subList(from, from + PUBLISHED_AT_ONCE));
      if (from == events.size() / 2) {
        assertThat(all.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        synchronized (received) {
          dead.set(true);
        }
        victim.kill();
      }
    }
    eventually(() -> received.ids().size() == events.size());
    assertThat(received.outOfOrder(events)).isZero();
    assertThat(new HashSet<>(received.ids()))
        .isEqualTo(new HashSet<>(events.stream().map(Event::id).toList()));
  }

  /** Waits in its first batch until each of the others has one, which shows that all get some. */
  private static Receiver meetingOthers(CountDownLatch all, Receiver receiver) {
    AtomicBoolean first = new AtomicBoolean(true);
    return batch -> {
      if (first.getAndSet(false)) {
        all.countDown();
        if (!all.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          throw new IllegalStateException("the others receive nothing");
        }
      }
      receiver.receive(batch);
    };
  }

  @Test
  void aClosedSubscriptionLeavesWhatIsNotDoneToOthers() throws Exception {
    Transport transport = transport();
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Transport.Running running =
        transport.subscribe(
            subscription(true, 10),
            batch -> {
              began.countDown();
              end.await();
              throw new IllegalStateException("not done");
            });
    List<Event> events = events(30, 3);
    transport.publish(events);
    assertThat(began.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    Thread closing = new Thread(running::close);
    closing.start();
    end.countDown();
    closing.join(LIMIT.toMillis());
    Received received = new Received();
    transport().subscribe(subscription(true, 10), received);
    eventually(() -> received.ids().size() == events.size());
    assertThat(received.outOfOrder(events)).isZero();
  }

  @Test
  void eventsOfAConsumerWithoutASubscriptionAreKept() throws TransportException {
    Transport transport = transport();
    transport.subscribe(subscription(true, 10), new Received()).close();
    List<Event> events = events(30, 3);
    transport.publish(events);
    eventually(() -> backlog(transport).deliveries() == events.size());
    assertThat(backlog(transport).oldest()).isPositive();
    Received received = new Received();
    transport.subscribe(subscription(true, 10), received);
    eventually(() -> received.ids().size() == events.size());
  }

  @Test
  void eventsThatNoConsumerWantsAreDropped() throws TransportException {
    Transport transport = transport();
    transport.publish(events(10, 1));
    Received received = new Received();
    transport.subscribe(subscription(true, 10), received);
    List<Event> later = events(10, 1);
    transport.publish(later);
    eventually(() -> received.ids().size() == later.size());
    assertThat(received.all()).isEqualTo(later);
  }

  @Test
  void anEventCanBeLargeAndHasAnyText() throws TransportException {
    Transport transport = transport();
    Received received = new Received();
    transport.subscribe(subscription(true, 10), received);
    String text = "\"\\\\ \\\" \\n é 🎫\"";
    Event event =
        TestEvents.one(
            name,
            events(1, 1).get(0).key(),
            "{\"text\":" + text + ",\"large\":\"" + "x".repeat(1_000_000) + "\"}");
    transport.publish(List.of(event));
    eventually(() -> received.ids().size() == 1);
    assertThat(received.all()).containsExactly(event);
  }

  @Test
  void aRepeatedPublicationHasTheSameIds() throws TransportException {
    Transport transport = transport();
    Received received = new Received();
    transport.subscribe(subscription(true, 10), received);
    List<Event> events = events(10, 2);
    transport.publish(events);
    transport.publish(events);
    List<Event> later = events(1, 1);
    transport.publish(later);
    eventually(() -> received.ids().contains(later.get(0).id()));
    eventually(() -> backlog(transport).deliveries() == 0);
    assertThat(received.ids()).hasSize(11);
    assertThat(received.outOfOrder(concat(events, later))).isZero();
  }

  private static List<Event> concat(List<Event> first, List<Event> second) {
    List<Event> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
