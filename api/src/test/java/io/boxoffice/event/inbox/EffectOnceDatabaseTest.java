package io.boxoffice.event.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.uuid.Generators;
import io.boxoffice.event.model.Event;
import io.boxoffice.testing.InterceptedSql;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Delivers events again, one after the other and at once; the control has no inbox. */
class EffectOnceDatabaseTest {
  private static final int EVENTS = 200;
  private static final Effect COUNT =
      (transaction, events) ->
          events.forEach(
              event ->
                  transaction.execute(
                      "INSERT INTO effects (id, times) VALUES (?, 1)"
                          + " ON CONFLICT (id) DO UPDATE SET times = effects.times + 1",
                      event.id()));

  private final TestDatabase database = TestDatabase.migrated();
  private final Jdbi jdbi = database.jdbi();
  private final List<Event> events =
      IntStream.range(0, EVENTS)
          .mapToObj(
              i ->
                  new Event(
                      Generators.timeBasedEpochGenerator().generate(),
                      Event.SHOP,
                      "test",
                      UUID.randomUUID(),
                      UUID.randomUUID(),
                      Instant.EPOCH,
                      "{}"))
          .toList();

  @BeforeEach
  void createEffects() {
    jdbi.useHandle(
        handle -> handle.execute("CREATE TABLE effects (id uuid PRIMARY KEY, times integer)"));
  }

  private int effects(String condition) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT count(*) FROM effects WHERE " + condition)
                .mapTo(Integer.class)
                .one());
  }

  private void deliver(Jdbi with, int threads) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CompletableFuture.allOf(
              IntStream.range(0, 2 * threads)
                  .mapToObj(
                      seed ->
                          CompletableFuture.runAsync(
                              () -> {
                                List<Event> shuffled = new ArrayList<>(events);
                                Collections.shuffle(shuffled, new Random(seed));
                                EffectOnce receiver =
                                    new EffectOnce(with, new Inbox(), "test", COUNT);
                                receiver.receive(shuffled.subList(0, EVENTS / 2));
                                receiver.receive(shuffled.subList(EVENTS / 2, EVENTS));
                              },
                              pool))
                  .toArray(CompletableFuture[]::new))
          .join();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void eachEventHasItsEffectOnce() {
    deliver(jdbi, 4);
    assertThat(effects("times = 1")).isEqualTo(EVENTS);
    assertThat(effects("times <> 1")).isZero();
  }

  @Test
  void withoutTheInboxEffectsAreRepeated() {
    Jdbi unguarded =
        database
            .jdbi()
            .installPlugin(
                new InterceptedSql() {
                  @Override
                  protected String rewrite(String sql) {
                    return sql.contains("INSERT INTO inbox")
                        ? "SELECT id FROM (SELECT CAST(? AS text)) AS c (name), unnest(?) AS new (id)"
                        : sql;
                  }
                });
    deliver(unguarded, 1);
    assertThat(effects("times = 2")).isEqualTo(EVENTS);
  }

  @Test
  void anEffectThatFailsIsRepeated() {
    EffectOnce failing =
        new EffectOnce(
            jdbi,
            new Inbox(),
            "test",
            (transaction, batch) -> {
              COUNT.apply(transaction, batch);
              throw new IllegalStateException("too late");
            });
    assertThatThrownBy(() -> failing.receive(events)).isInstanceOf(IllegalStateException.class);
    assertThat(effects("true")).isZero();
    deliver(jdbi, 1);
    assertThat(effects("times = 1")).isEqualTo(EVENTS);
  }

  @Test
  void twoConsumersHaveTheirOwnEffect() {
    new EffectOnce(jdbi, new Inbox(), "one", COUNT).receive(events);
    new EffectOnce(jdbi, new Inbox(), "other", COUNT).receive(events);
    assertThat(effects("times = 2")).isEqualTo(EVENTS);
  }

  @Test
  void oldNotesAreDeleted() {
    deliver(jdbi, 1);
    jdbi.useHandle(
        handle ->
            handle.execute(
                "UPDATE inbox SET received_at = now() - interval '8 days' WHERE message_id IN"
                    + " (SELECT message_id FROM inbox ORDER BY message_id LIMIT 50)"));
    new OldNotes(jdbi, Duration.ofDays(7)).delete();
    int left =
        jdbi.withHandle(
            handle -> handle.createQuery("SELECT count(*) FROM inbox").mapTo(Integer.class).one());
    assertThat(left).isEqualTo(EVENTS - 50);
  }
}
