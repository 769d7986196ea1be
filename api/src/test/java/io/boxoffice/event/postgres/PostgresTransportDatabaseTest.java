package io.boxoffice.event.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.uuid.Generators;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.Received;
import io.boxoffice.event.transport.Subscription;
import io.boxoffice.event.transport.Transport;
import io.boxoffice.event.transport.TransportContract;
import io.boxoffice.event.transport.TransportException;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Passes the contract of transports, and tests what only this transport has. */
class PostgresTransportDatabaseTest extends TransportContract {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

  private final TestDatabase database = TestDatabase.migrated();

  @Override
  protected Client open() {
    TestSessions sessions = new TestSessions(database);
    Transport transport =
        new PostgresTransport(
            sessions.jdbi(), sessions.jdbi(), Generators.timeBasedEpochGenerator(), FIRST_PAUSE);
    return new Client() {
      @Override
      public Transport transport() {
        return transport;
      }

      @Override
      public void kill() {
        try {
          sessions.kill();
        } catch (SQLException cause) {
          throw new IllegalStateException(cause);
        }
      }
    };
  }

  private static Event event(String type) {
    return new Event(
        UUID.randomUUID(),
        Event.SHOP,
        type,
        UUID.randomUUID(),
        UUID.randomUUID(),
        Instant.EPOCH,
        "{}");
  }

  @Test
  void aSubscriptionSurvivesTheEndOfItsSession() throws TransportException {
    Transport transport = open().transport();
    Received received = new Received();
    try (var unused =
        transport.subscribe(new Subscription("lost", Set.of("lost"), true, 10), received)) {
      database.endConnections();
      Event event = event("lost");
      transport.publish(List.of(event));
      Eventually.within(Duration.ofSeconds(20), () -> received.count(event) == 1);
    }
  }

  @Test
  void aSubscriptionBeginsWhenTheDatabaseIsBack() throws TransportException {
    database.setReadOnly(true);
    Transport transport = open().transport();
    Received received = new Received();
    try (var unused =
        transport.subscribe(new Subscription("late", Set.of("late"), true, 10), received)) {
      assertThatThrownBy(() -> publishOneThatIsWanted(transport))
          .isInstanceOf(TransportException.class);
      database.setReadOnly(false);
      Event event = event("late");
      Eventually.within(
          Duration.ofSeconds(20),
          () -> {
            publishUnchecked(transport, event);
            return received.count(event) > 0;
          });
    }
  }

  private static void publishOneThatIsWanted(Transport transport) throws TransportException {
    transport.deadLetters().drop(UUID.randomUUID());
  }

  private static void publishUnchecked(Transport transport, Event event) {
    try {
      transport.publish(List.of(event));
    } catch (TransportException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void abandonedConsumersAreDeletedWithTheirBacklog() throws TransportException {
    Transport transport = open().transport();
    transport.subscribe(new Subscription("gone", Set.of("gone"), true, 10), new Received()).close();
    transport.subscribe(new Subscription("here", Set.of("gone"), true, 10), new Received()).close();
    transport.publish(List.of(event("gone"), event("gone")));
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE consumers SET seen_at = now() - interval '8 days' WHERE name = 'gone'"));
    TransportCleanUp cleanUp = new TransportCleanUp(database.jdbi(), Duration.ofDays(7));
    cleanUp.run();
    assertThat(transport.backlogs())
        .singleElement()
        .satisfies(
            backlog -> {
              assertThat(backlog.consumer()).isEqualTo("here");
              assertThat(backlog.deliveries()).isEqualTo(2);
            });
  }
}
