package io.boxoffice.event.outbox;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.uuid.Generators;
import io.boxoffice.event.postgres.PostgresTransport;
import io.boxoffice.event.postgres.TestSessions;
import io.boxoffice.event.transport.Subscription;
import io.boxoffice.event.transport.Transport;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.PairedRates;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * Compares a relay that publishes batches with one that publishes each event alone: {@code
 * ./boxoffice bench relay [ROUNDS]}. Both publish to one consumer of the transport in the database.
 * The sides take turns, and the median of the rounds counts.
 */
public final class RelayBench {
  private static final int MOST_ROUNDS = 15;
  private static final int BATCHED = 50_000;
  private static final int ALONE = 2_000;
  private static final double GOAL = 10;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String TYPE = "bench";

  private final TestDatabase database = TestDatabase.migrated();
  private final Jdbi jdbi = database.jdbi();
  private final Transport transport =
      new PostgresTransport(
          jdbi,
          new TestSessions(database).jdbi(),
          Generators.timeBasedEpochGenerator(),
          Duration.ofSeconds(1));

  private RelayBench() {}

  /** Prints both rates and their ratio. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    new RelayBench().run(Math.max(1, Math.min(MOST_ROUNDS, rounds)));
    System.exit(0);
  }

  private void run(int rounds) throws Exception {
    transport.subscribe(new Subscription(TYPE, Set.of(TYPE), true, 1), batch -> {}).close();
    PairedRates.print(
        Relay.BATCH, () -> rate(Relay.BATCH, BATCHED), () -> rate(1, ALONE), rounds, GOAL);
  }

  private double rate(int batch, int events) throws InterruptedException {
    jdbi.useHandle(
        handle -> {
          handle.execute("TRUNCATE outbox, deliveries");
          handle.execute(
              """
              INSERT INTO outbox (id, type, subject, key, time, data)
              SELECT gen_random_uuid(), ?, gen_random_uuid(), gen_random_uuid(), now(),
                     '{"quantity": 2}'
              FROM generate_series(1, ?)
              """,
              TYPE,
              events);
          handle.execute("CHECKPOINT");
        });
    Relay relay =
        new Relay(
            new TestSessions(database).jdbi(),
            transport,
            new RelayMetrics(new MetricRegistry()),
            batch);
    long begin = System.nanoTime();
    relay.start();
    Eventually.within(LIMIT, () -> left() == 0);
    double seconds = (System.nanoTime() - begin) / 1e9;
    relay.stop();
    return events / seconds;
  }

  private int left() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT count(*) FROM (SELECT FROM outbox LIMIT 1) one")
                .mapTo(Integer.class)
                .one());
  }
}
