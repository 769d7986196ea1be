package io.boxoffice.event.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.uuid.Generators;
import io.boxoffice.event.inbox.Effect;
import io.boxoffice.event.inbox.EffectOnce;
import io.boxoffice.event.inbox.Inbox;
import io.boxoffice.event.model.EventType;
import io.boxoffice.event.postgres.PostgresTransport;
import io.boxoffice.event.postgres.TestSessions;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.event.transport.Subscription;
import io.boxoffice.event.transport.Transport;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestOutbox;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/**
 * Sends events from the outbox to an effect while replicas crash after effects that they have not
 * acknowledged, with their relays. {@code -Devents=100000} sends more.
 */
class EventChainDatabaseTest {
  private static final int EVENTS = Integer.getInteger("events", 10_000);
  private static final int PER_TRANSACTION = 100;
  private static final int CONCERTS = 64;
  private static final int BATCHES_PER_CRASH = 20;
  private static final Duration LIMIT = Duration.ofSeconds(60).plusMillis(10L * EVENTS);
  private static final String CONSUMER = "ledger";

  /** Notes each event, so that repeats and the order show. */
  private static final Effect NOTE =
      (transaction, events) ->
          events.forEach(
              event ->
                  transaction.execute(
                      """
                      INSERT INTO ledger (id, concert_id, number)
                      SELECT ?, CAST(? AS uuid), n.number
                      FROM (SELECT CAST(CAST(? AS json) ->> 'number' AS integer) AS number) n
                      """,
                      event.id(),
                      event.key(),
                      event.data()));

  private final TestDatabase database = TestDatabase.migrated();
  private final Jdbi jdbi = database.jdbi();
  private final AtomicInteger batches = new AtomicInteger();

  /** A replica with a relay and two subscriptions. */
  private final class Chain {
    final TestSessions sessions = new TestSessions(database);
    final Transport transport =
        new PostgresTransport(
            jdbi, sessions.jdbi(), Generators.timeBasedEpochGenerator(), Duration.ofMillis(10));
    final Relay relay =
        new Relay(sessions.jdbi(), transport, new RelayMetrics(new MetricRegistry()), Relay.BATCH);

    void start(Receiver receiver) {
      for (int i = 0; i < 2; i++) {
        transport.subscribe(
            new Subscription(CONSUMER, Set.of(EventType.CONCERT_CHANGED.text()), true, 100),
            events -> {
              receiver.receive(events);
              crashSometimes();
            });
      }
      relay.start();
    }

    /** The effect is committed, and neither the deliveries nor the outbox can be deleted. */
    private void crashSometimes() throws SQLException {
      if (batches.incrementAndGet() % BATCHES_PER_CRASH == 0) {
        sessions.endAll();
      }
    }

    void stop() throws InterruptedException {
      relay.stop();
      transport.close();
    }
  }

  private int number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  private void sell() {
    Outbox outbox = TestOutbox.create();
    List<UUID> concerts = Stream.generate(UUID::randomUUID).limit(CONCERTS).toList();
    for (int from = 0; from < EVENTS; from += PER_TRANSACTION) {
      int first = from;
      jdbi.useTransaction(
          handle ->
              IntStream.range(first, Math.min(EVENTS, first + PER_TRANSACTION))
                  .forEach(
                      i -> {
                        UUID concert = concerts.get(i % CONCERTS);
                        outbox.add(
                            handle,
                            EventType.CONCERT_CHANGED,
                            concert,
                            concert,
                            Instant.now(),
                            Map.of("number", i / CONCERTS));
                      }));
    }
  }

  /** Runs the chain with crashes, and returns how many effects there are. */
  private int run(Receiver receiver) throws Exception {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "CREATE TABLE ledger (position bigint GENERATED ALWAYS AS IDENTITY, id uuid,"
                    + " concert_id uuid, number integer)"));
    List<Chain> chains = new ArrayList<>(List.of(new Chain(), new Chain()));
    for (Chain chain : chains) {
      chain.start(receiver);
    }
    Thread seller = new Thread(this::sell);
    seller.start();
    Eventually.within(LIMIT, () -> number("SELECT count(DISTINCT id) FROM ledger") == EVENTS);
    seller.join();
    Eventually.within(LIMIT, () -> number("SELECT count(*) FROM outbox") == 0);
    Eventually.within(LIMIT, () -> number("SELECT count(*) FROM deliveries") == 0);
    for (Chain chain : chains) {
      chain.stop();
    }
    return number("SELECT count(*) FROM ledger");
  }

  @Test
  void eachEventHasItsEffectOnceAndInOrderUnderCrashes() throws Exception {
    assertThat(run(new EffectOnce(jdbi, new Inbox(), CONSUMER, NOTE))).isEqualTo(EVENTS);
    assertThat(number("SELECT count(*) FROM dead_letters")).isZero();
    assertThat(
            number(
                """
                SELECT count(*) FROM (
                  SELECT number - lag(number, 1, -1)
                    OVER (PARTITION BY concert_id ORDER BY position) AS step
                  FROM ledger) steps
                WHERE step <> 1
                """))
        .isZero();
  }

  @Test
  void withoutTheInboxCrashesRepeatEffects() throws Exception {
    assertThat(run(events -> jdbi.useTransaction(handle -> NOTE.apply(handle, events))))
        .isGreaterThan(EVENTS);
  }
}
