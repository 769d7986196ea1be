package io.boxoffice.gate.store;

import com.fasterxml.uuid.Generators;
import com.zaxxer.hikari.HikariDataSource;
import io.boxoffice.gate.state.Scan;
import io.boxoffice.testing.PairedRates;
import io.boxoffice.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/**
 * Compares batches of 1,000 scans, with all that they decide, with one INSERT a scan that decides
 * nothing, and with batches of one scan: {@code ./boxoffice bench scans [ROUNDS]}. Commits wait for
 * the disk, as in production. Both sides take turns, on one connection.
 */
public final class ScanBench {
  private static final int MOST_ROUNDS = 15;
  private static final int TOGETHER = 20_000;
  private static final int ALONE = 1_000;
  private static final double GOAL = 20;

  private final TestDatabase database = TestDatabase.migrated().durable();
  private final Hall hall = new Hall(database);
  private final Jdbi jdbi;
  private final ScanTransaction transaction;
  private long sequence;
  private long scanned;

  private ScanBench() {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(database.url());
    pool.setUsername(database.user());
    pool.setPassword(database.password());
    pool.setMaximumPoolSize(1);
    jdbi =
        Jdbi.create(pool).installPlugin(new PostgresPlugin()).installPlugin(new SqlObjectPlugin());
    new ScanRetention(jdbi, Clock.systemUTC(), Duration.ofDays(30)).run();
    transaction =
        new ScanTransaction(jdbi, Clock.systemUTC(), Generators.timeBasedEpochRandomGenerator());
  }

  /** Prints the rates and their ratio. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    ScanBench bench = new ScanBench();
    int bounded = Math.max(1, Math.min(MOST_ROUNDS, rounds));
    PairedRates.Rate together = () -> bench.rate(TOGETHER, ScanTransaction.MOST_SCANS);
    System.out.println("One by one: one INSERT a scan, without any decision");
    PairedRates.print(ScanTransaction.MOST_SCANS, together, bench::inserts, bounded, GOAL);
    System.out.println("One by one: batches of one scan");
    PairedRates.print(
        ScanTransaction.MOST_SCANS, together, () -> bench.rate(ALONE, 1), bounded, GOAL);
    System.exit(0);
  }

  private double inserts() {
    long begin = System.nanoTime();
    for (int i = 0; i < ALONE; i++) {
      jdbi.useHandle(
          handle ->
              handle.execute(
                  "INSERT INTO scans (scan_id, gate, series, sequence, concert_id, ticket_id,"
                      + " direction, mode, scanned_at, judged_at, applied_at, outcome)"
                      + " VALUES (?, 'south', 1, ?, ?, ?, 'in', 'online', now(), now(), now(),"
                      + " 'admitted')",
                  UUID.randomUUID(),
                  ++sequence,
                  hall.concertId(),
                  UUID.randomUUID()));
    }
    return ALONE / ((System.nanoTime() - begin) / 1e9);
  }

  private double rate(int scans, int batchSize) {
    List<Scan> all = new ArrayList<>(scans);
    for (int from = 0; from < scans; from += 100) {
      for (UUID ticket : hall.tickets(100)) {
        scanned++;
        all.add(Hall.scan("north", scanned, ticket));
      }
    }
    long begin = System.nanoTime();
    for (int from = 0; from < scans; from += batchSize) {
      transaction.apply(all.subList(from, from + batchSize));
    }
    return scans / ((System.nanoTime() - begin) / 1e9);
  }
}
