package io.boxoffice.event.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.event.inbox.EffectOnce;
import io.boxoffice.event.inbox.Inbox;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.platform.rabbitmq.RabbitSettings;
import io.boxoffice.testing.BreakableProxy;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestRabbit;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Publishes each batch twice and kills consumers between an effect and its acknowledgement, and the
 * broker once.
 */
class RabbitEffectDatabaseTest extends RabbitKit {
  private static final int EVENTS = 1_600;
  private static final int BATCH = 200;
  private static final int KILLS = 2;

  private static TestRabbit rabbit;

  private final Jdbi jdbi = TestDatabase.migrated().jdbi();

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

  private int effects() {
    return number("SELECT count(*) FROM effects");
  }

  private int number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  /** Publishes all, with all failures, to consumers that use the receiver. */
  private void run(Receiver receiver) {
    jdbi.useHandle(handle -> handle.execute("CREATE TABLE effects (id uuid)"));
    open(rabbit.url());
    transport.subscribe(subscription(true, 50), receiver);
    List<Event> events = events(EVENTS, 64);
    for (int from = 0; from < EVENTS; from += BATCH) {
      relay(transport, events.subList(from, from + BATCH));
      relay(transport, events.subList(from, from + BATCH));
      if (from % (EVENTS / KILLS) == 0) {
        consumeUntilKilled(receiver);
      }
      if (from == EVENTS / 2) {
        rabbit.kill();
        rabbit.start();
      }
    }
    Eventually.within(LIMIT, () -> number("SELECT count(DISTINCT id) FROM effects") == EVENTS);
    Eventually.within(LIMIT, this::nothingWaits);
  }

  private boolean nothingWaits() {
    try {
      return transport.backlogs().get(0).deliveries() == 0;
    } catch (Exception away) {
      return false;
    }
  }

  /** Joins, and loses its connections after an effect that it has not acknowledged. */
  private void consumeUntilKilled(Receiver receiver) {
    BreakableProxy proxy = BreakableProxy.to(rabbit.port());
    RabbitTransport victim =
        new RabbitTransport(
            new RabbitSettings(rabbit.url(proxy.port())), FAST, new MetricRegistry());
    int before = effects();
    victim.subscribe(
        subscription(true, 50),
        events -> {
          receiver.receive(events);
          proxy.close();
        });
    Eventually.within(LIMIT, () -> effects() > before || nothingWaits());
    proxy.close();
    victim.close();
  }

  private void insert(Handle transaction, List<Event> events) {
    transaction.execute(
        "INSERT INTO effects SELECT unnest(CAST(? AS uuid[]))",
        (Object) events.stream().map(Event::id).toArray(UUID[]::new));
  }

  @Test
  void eachEventHasItsEffectOnce() {
    run(new EffectOnce(jdbi, new Inbox(), name, this::insert));
    assertThat(effects()).isEqualTo(EVENTS);
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void withoutTheInboxEffectsAreRepeated() {
    run(events -> jdbi.useTransaction(transaction -> insert(transaction, events)));
    assertThat(effects()).isGreaterThan(EVENTS);
  }
}
