package io.boxoffice.event.transport;

import io.boxoffice.event.model.Event;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** Helps the tests of the contract: clients that end after the test, events, and what arrived. */
abstract class TransportKit {
  /** For each wait; a transport over a network needs a part of it. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  private static final AtomicInteger NAMES = new AtomicInteger();

  private final List<Client> clients = new ArrayList<>();

  /** A name that no other test uses, for a type and a consumer. */
  final String name =
      "test-%d-%d".formatted(ProcessHandle.current().pid(), NAMES.getAndIncrement());

  /** One client of the transport, as each replica is one, with connections of its own. */
  public interface Client {
    Transport transport();

    /**
     * Ends the client as SIGKILL does: its connections end, and it acknowledges nothing and opens
     * no connection any more.
     */
    void kill();
  }

  /** Connects another client to the same place. Its pauses after failures are 100 ms at most. */
  protected abstract Client open();

  final Client client() {
    Client client = open();
    clients.add(client);
    return client;
  }

  final Transport transport() {
    return client().transport();
  }

  @AfterEach
  final void closeClients() {
    clients.forEach(client -> client.transport().close());
  }

  final Subscription subscription(boolean ordered, int batchSize) {
    return new Subscription(name, Set.of(name), ordered, batchSize);
  }

  /** Events of this test's type; see {@link TestEvents#of}. */
  final List<Event> events(int count, int keys) {
    return TestEvents.of(name, count, keys);
  }

  static void eventually(Condition condition) {
    Eventually.within(
        LIMIT,
        () -> {
          try {
            return condition.holds();
          } catch (TransportException away) {
            return false;
          }
        });
  }

  /** A condition that may ask the transport. */
  interface Condition {
    boolean holds() throws TransportException;
  }

  /** The dead letters of this test's consumer. */
  final List<DeadLetter> deadLetters(Transport transport) throws TransportException {
    return transport.deadLetters().list(null, 1_000).stream()
        .filter(letter -> letter.consumer().equals(name))
        .toList();
  }

  final Backlog backlog(Transport transport) throws TransportException {
    return transport.backlogs().stream()
        .filter(backlog -> backlog.consumer().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
