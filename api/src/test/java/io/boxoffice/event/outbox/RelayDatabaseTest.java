package io.boxoffice.event.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.event.model.EventType;
import io.boxoffice.event.postgres.TestSessions;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.InterceptedSql;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestOutbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Publishes an outbox in its order under failures; each guard has a control without it. */
class RelayDatabaseTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final TestDatabase database = TestDatabase.migrated();
  private final Jdbi jdbi = database.jdbi();
  private final Outbox outbox = TestOutbox.create();
  private final RecordingTransport transport = new RecordingTransport();
  private final List<Relay> relays = new ArrayList<>();

  @AfterEach
  void stopRelays() throws InterruptedException {
    for (Relay relay : relays) {
      relay.stop();
    }
  }

  private MetricRegistry startRelay(Jdbi sessions) {
    MetricRegistry metrics = new MetricRegistry();
    Relay relay = new Relay(sessions, transport, new RelayMetrics(metrics), Relay.BATCH);
    relays.add(relay);
    relay.start();
    return metrics;
  }

  private static boolean leads(MetricRegistry metrics) {
    return metrics.getGauges().get("events.relay.leads").getValue().equals(1);
  }

  private void add(Handle handle, int number) {
    outbox.add(
        handle,
        EventType.CONCERT_CHANGED,
        UUID.randomUUID(),
        UUID.randomUUID(),
        Instant.now(),
        Map.of("number", number));
  }

  private void add(int from, int to) {
    jdbi.useTransaction(handle -> IntStream.range(from, to).forEach(i -> add(handle, i)));
  }

  private static List<String> data(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "{\"number\":" + i + "}").toList();
  }

  private int left() {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT count(*) FROM outbox").mapTo(Integer.class).one());
  }

  private static void eventually(java.util.function.BooleanSupplier condition) {
    Eventually.within(LIMIT, condition);
  }

  /** Replaces a part of the relay's SQL. */
  private Jdbi without(String guard, String instead) {
    return new TestSessions(database)
        .jdbi()
        .installPlugin(
            new InterceptedSql() {
              @Override
              protected String rewrite(String sql) {
                return sql.replace(guard, instead);
              }
            });
  }

  @Test
  void eventsArePublishedInTheirOrderAndDeleted() {
    add(0, 2_500);
    jdbi.useHandle(
        handle -> {
          handle.begin();
          add(handle, -1);
          handle.rollback();
        });
    MetricRegistry metrics = startRelay(new TestSessions(database).jdbi());
    eventually(() -> left() == 0);
    assertThat(transport.all()).isEqualTo(data(0, 2_500));
    assertThat(metrics.meter("events.published").getCount()).isEqualTo(2_500);
    assertThat(metrics.meter("events.relay.failures").getCount()).isZero();
    assertThat(leads(metrics)).isTrue();
  }

  @Test
  void aNoticeIsSoonerThanTheNextLook() throws InterruptedException {
    startRelay(new TestSessions(database).jdbi());
    add(0, 1);
    eventually(() -> left() == 0);
    RelaySignal signal = new RelaySignal(jdbi);
    signal.start();
    long begin = System.nanoTime();
    for (int i = 0; i < 5; i++) {
      add(i, i + 1);
      signal.committed();
      int expected = i + 2;
      eventually(() -> transport.all().size() == expected);
    }
    signal.stop();
    // Five looks without a notice would take about five seconds.
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void anotherRelayLeadsWhenTheSessionOfTheFirstEnds() throws Exception {
    TestSessions first = new TestSessions(database);
    MetricRegistry one = startRelay(first.jdbi());
    eventually(() -> leads(one));
    MetricRegistry other = startRelay(new TestSessions(database).jdbi());
    add(0, 10);
    eventually(() -> left() == 0);
    assertThat(leads(other)).isFalse();
    first.kill();
    eventually(() -> leads(other));
    assertThat(leads(one)).isFalse();
    add(10, 20);
    eventually(() -> left() == 0);
    assertThat(transport.all()).isEqualTo(data(0, 20));
  }

  @Test
  void aRelayThatLostItsSessionLeadsAgain() throws Exception {
    TestSessions sessions = new TestSessions(database);
    MetricRegistry metrics = startRelay(sessions.jdbi());
    eventually(() -> leads(metrics));
    sessions.endAll();
    add(0, 10);
    eventually(() -> left() == 0);
    assertThat(transport.all()).isEqualTo(data(0, 10));
  }

  @Test
  void eventsWaitWhileTheTransportIsAway() {
    AtomicBoolean away = new AtomicBoolean(true);
    transport.during(
        events -> {
          if (away.get()) {
            throw new IllegalStateException("away");
          }
        });
    MetricRegistry metrics = startRelay(new TestSessions(database).jdbi());
    add(0, 10);
    eventually(() -> metrics.meter("events.relay.failures").getCount() >= 3);
    add(10, 20);
    assertThat(left()).isEqualTo(20);
    away.set(false);
    eventually(() -> left() == 0);
    assertThat(transport.all()).isEqualTo(data(0, 20));
  }

  @Test
  void aCrashBetweenConfirmationAndDeletionRepeatsOneBatch() {
    TestSessions sessions = new TestSessions(database);
    AtomicInteger batches = new AtomicInteger();
    transport.during(
        events -> {
          if (batches.incrementAndGet() == 2) {
            sessions.endAll(); // The transport confirms, and the relay cannot delete.
          }
        });
    add(0, 3_500);
    startRelay(sessions.jdbi());
    eventually(() -> left() == 0);
    assertThat(transport.all()).hasSize(3_500 + Relay.BATCH);
    assertThat(new ArrayList<>(new LinkedHashSet<>(transport.all()))).isEqualTo(data(0, 3_500));
  }

  @Test
  void aLateCommitIsNotLost() {
    assertThat(publishedWithALateCommit(new TestSessions(database).jdbi())).isEqualTo(2);
  }

  @Test
  void withoutTheExactDeletionALateCommitIsLost() {
    assertThat(
            publishedWithALateCommit(
                without(
                    "position = ANY (?)", "position <= (SELECT max(p) FROM unnest(?) AS t (p))")))
        .isEqualTo(1);
  }

  /** Commits the event with the lower position while the one with the higher is published. */
  private int publishedWithALateCommit(Jdbi sessions) {
    try (Handle late = jdbi.open()) {
      late.begin();
      add(late, 0);
      add(1, 2);
      transport.during(
          events -> {
            if (late.isInTransaction()) {
              late.commit();
            }
          });
      startRelay(sessions);
      eventually(() -> left() == 0);
      return transport.ids().size();
    }
  }

  @Test
  void twoRelaysPublishOneAfterTheOther() throws InterruptedException {
    Jdbi locked = new TestSessions(database).jdbi();
    assertThat(publishesAtOnce(locked, locked)).isEqualTo(1);
  }

  @Test
  void withoutTheLockTwoRelaysPublishAtOnce() throws InterruptedException {
    Jdbi free = without("pg_try_advisory_lock(?)", "(? IS NOT NULL)");
    assertThat(publishesAtOnce(free, free)).isEqualTo(2);
  }

  /** With SKIP LOCKED around the publication, a second relay passes the first. */
  @Test
  void withRowLocksInPlaceOfTheLockEventsAreOutOfOrder() throws InterruptedException {
    Jdbi skipping =
        without("pg_try_advisory_lock(?)", "(? IS NOT NULL)")
            .installPlugin(
                new InterceptedSql() {
                  @Override
                  protected String rewrite(String sql) {
                    return sql.replace(
                        "SELECT * FROM outbox ORDER BY position LIMIT ?",
                        "WITH taken AS (DELETE FROM outbox WHERE position IN (SELECT position FROM"
                            + " outbox ORDER BY position LIMIT ? FOR UPDATE SKIP LOCKED)"
                            + " RETURNING *) SELECT * FROM taken ORDER BY position");
                  }
                });
    CountDownLatch secondIsDone = new CountDownLatch(1);
    transport.during(
        events -> {
          if (events.get(0).data().equals(data(0, 1).get(0))) {
            secondIsDone.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
          }
        });
    add(0, 2 * Relay.BATCH);
    startRelay(skipping);
    startRelay(skipping);
    eventually(() -> !transport.all().isEmpty());
    secondIsDone.countDown();
    eventually(() -> transport.all().size() == 2 * Relay.BATCH);
    assertThat(transport.all()).isNotEqualTo(data(0, 2 * Relay.BATCH));
  }

  private int publishesAtOnce(Jdbi one, Jdbi other) throws InterruptedException {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch both = new CountDownLatch(2);
    transport.during(
        events -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          both.countDown();
          both.await(3, TimeUnit.SECONDS);
          now.decrementAndGet();
        });
    add(0, 10);
    startRelay(one);
    startRelay(other);
    eventually(() -> left() == 0);
    return most.get();
  }
}
