package io.boxoffice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.event.inbox.Effect;
import io.boxoffice.event.inbox.EffectOnce;
import io.boxoffice.event.inbox.Inbox;
import io.boxoffice.event.model.EventType;
import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.faults.Fault.Kind;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestOutbox;
import io.boxoffice.testing.TestRabbit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tries single faults on the way of events from the outbox to their effect: every n-th message
 * between a replica and its database or broker. {@code -Dfaults.every=1} tries all. After each
 * fault another replica continues; then each event has its effect once and in the order of its key.
 */
class EventFaultsDatabaseTest {
  private static final int EVERY = Integer.getInteger("faults.every", 211);
  private static final int OFFSET = Integer.getInteger("faults.offset", 0);
  private static final int EVENTS = 6;
  private static final int KEYS = 2;

  private static final Effect NOTE =
      (transaction, events) ->
          events.forEach(
              event ->
                  transaction.execute(
                      "INSERT INTO effects (key, number) VALUES (?, CAST(? AS json) ->> 'number')",
                      event.key(),
                      event.data()));

  private final TestDatabase database = TestDatabase.migrated();
  private final Jdbi jdbi = database.jdbi();
  private final List<String> findings = new ArrayList<>();
  private EventReplica faulty;
  private EventReplica sound;
  private Function<Jdbi, Receiver> receivers =
      sessions -> new EffectOnce(sessions, new Inbox(), EventReplica.SUBSCRIPTION.consumer(), NOTE);

  /** Connects two replicas, and makes their consumer known. */
  private void connect(TestRabbit rabbit) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "CREATE TABLE effects (position bigint GENERATED ALWAYS AS IDENTITY, key uuid, number text)"));
    faulty = new EventReplica(database, rabbit);
    sound = new EventReplica(database, rabbit);
    sound.receiveUntil(() -> isKnown(rabbit), receivers);
  }

  private boolean isKnown(TestRabbit rabbit) {
    return rabbit != null || count("SELECT count(*) FROM consumers") == 1;
  }

  @AfterEach
  void close() {
    if (faulty != null) {
      faulty.close();
      sound.close();
    }
  }

  private int count(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  private boolean allHaveAnEffect() {
    return count("SELECT count(DISTINCT (key, number)) FROM effects") == EVENTS;
  }

  /** Otherwise the next run would receive what this one has left. */
  private boolean isDone() {
    return allHaveAnEffect() && count("SELECT count(*) FROM deliveries") == 0;
  }

  private boolean isPublished() {
    return count("SELECT count(*) FROM outbox") == 0;
  }

  private void change() {
    Outbox outbox = TestOutbox.create();
    List<UUID> keys = List.of(UUID.randomUUID(), UUID.randomUUID());
    jdbi.useTransaction(
        handle ->
            IntStream.range(0, EVENTS)
                .forEach(
                    i ->
                        outbox.add(
                            handle,
                            EventType.CONCERT_CHANGED,
                            keys.get(i % KEYS),
                            keys.get(i % KEYS),
                            Instant.now(),
                            Map.of("number", i / KEYS))));
  }

  /** Sends events past one fault, and returns the messages. */
  private List<Passage> run(Fault fault) throws InterruptedException {
    jdbi.useHandle(handle -> handle.execute("TRUNCATE effects"));
    change();
    faulty.gate().arm(fault);
    faulty.publishUntil(this::isPublished);
    if (!faulty.isCrashed()) {
      faulty.receiveUntil(this::isDone, receivers);
    }
    List<Passage> messages = faulty.gate().disarm();
    sound.publishUntil(this::isPublished);
    sound.receiveUntil(this::isDone, receivers);
    audit("%s of %d (%s)".formatted(fault, messages.size(), faulty.gate().hit()));
    if (faulty.isCrashed()) {
      faulty.revive();
    }
    return messages;
  }

  private void audit(String point) {
    if (count("SELECT count(*) FROM effects") != EVENTS) {
      findings.add(point + ": an event has its effect twice");
    } else if (count(
            """
            SELECT count(*) FROM (
              SELECT CAST(number AS integer) - lag(CAST(number AS integer), 1, -1)
                OVER (PARTITION BY key ORDER BY position) AS step
              FROM effects) steps
            WHERE step <> 1
            """)
        != 0) {
      findings.add(point + ": the order of a key is broken");
    }
    if (count("SELECT count(*) FROM dead_letters") != 0) {
      findings.add(point + ": a dead letter");
    }
  }

  private static List<Fault> points(List<Passage> messages) {
    return SingleFaults.faultsAt(messages).stream()
        .filter(fault -> fault.at() <= messages.size())
        .toList();
  }

  private void tryPoints(String transport) throws InterruptedException {
    List<Fault> points = points(run(null));
    assertThat(points).hasSizeGreaterThan(50);
    int tried = 0;
    for (int i = OFFSET; i < points.size(); i += EVERY) {
      run(points.get(i));
      tried++;
    }
    System.out.printf(
        "single faults of events over %s: %d of %d points tried, findings: %s%n",
        transport, tried, points.size(), findings);
    assertThat(findings).isEmpty();
  }

  @Test
  void noSingleFaultOfTheDatabaseLosesOrRepeatsAnEffect() throws Exception {
    connect(null);
    tryPoints("PostgreSQL");
  }

  @Test
  void noSingleFaultOfTheBrokerLosesOrRepeatsAnEffect() throws Exception {
    try (TestRabbit rabbit = TestRabbit.running()) {
      connect(rabbit);
      tryPoints("RabbitMQ");
    }
  }

  @Test
  void withoutTheInboxTheSameSearchFindsRepeats() throws Exception {
    receivers = sessions -> events -> sessions.useTransaction(handle -> NOTE.apply(handle, events));
    connect(null);
    List<Fault> points = points(run(null));
    for (int i = points.size() - 1; i >= 0 && findings.isEmpty(); i--) {
      if (points.get(i).kind() == Kind.CUT_BEFORE) {
        run(points.get(i));
      }
    }
    assertThat(findings).anyMatch(finding -> finding.contains("twice"));
  }
}
