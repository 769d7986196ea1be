package io.boxoffice.event.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import io.boxoffice.event.postgres.TestSessions;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestOutbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A change that fails at its end has no event. The control publishes inside the transaction, and
 * has one: an event of a change that does not exist.
 */
class PublicationInsideDatabaseTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final TestDatabase database = TestDatabase.migrated();
  private final Jdbi jdbi = database.jdbi();
  private final Outbox outbox = TestOutbox.create();
  private final RecordingTransport transport = new RecordingTransport();

  @BeforeEach
  void aChangeThatFailsAtItsCommit() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "CREATE TABLE changes (number int UNIQUE DEFERRABLE INITIALLY DEFERRED)"));
  }

  @Test
  void aChangeThatIsNotCommittedIsNotPublished() throws Exception {
    change(1, this::add);
    assertThatThrownBy(() -> change(1, this::add)).isNotNull();
    Relay relay =
        new Relay(
            new TestSessions(database).jdbi(),
            transport,
            new RelayMetrics(new MetricRegistry()),
            Relay.BATCH);
    relay.start();
    try {
      Eventually.within(LIMIT, () -> !transport.ids().isEmpty());
    } finally {
      relay.stop();
    }
    assertThat(changes()).isEqualTo(1);
    assertThat(transport.ids()).hasSize(1);
  }

  @Test
  void publishedInsideTheTransactionItIsPublishedAllTheSame() throws Exception {
    change(1, this::publish);
    assertThatThrownBy(() -> change(1, this::publish)).isNotNull();
    assertThat(changes()).isEqualTo(1);
    assertThat(transport.ids()).hasSize(2);
  }

  /** How an event leaves the transaction of its change. */
  @FunctionalInterface
  private interface Publication {
    void of(Handle transaction, int number) throws Exception;
  }

  private void change(int number, Publication publication) throws Exception {
    jdbi.useTransaction(
        handle -> {
          handle.execute("INSERT INTO changes VALUES (?)", number);
          publication.of(handle, number);
        });
  }

  private void add(Handle transaction, int number) {
    outbox.add(
        transaction,
        EventType.CONCERT_CHANGED,
        UUID.randomUUID(),
        UUID.randomUUID(),
        Instant.now(),
        Map.of("number", number));
  }

  private void publish(Handle unusedTransaction, int number) throws Exception {
    transport.publish(
        List.of(
            new Event(
                UUID.randomUUID(),
                Event.SHOP,
                EventType.CONCERT_CHANGED.text(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                Instant.now(),
                "{\"number\":%d}".formatted(number))));
  }

  private int changes() {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT count(*) FROM changes").mapTo(Integer.class).one());
  }
}
