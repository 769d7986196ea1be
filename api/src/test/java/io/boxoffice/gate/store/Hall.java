package io.boxoffice.gate.store;

import com.fasterxml.uuid.Generators;
import io.boxoffice.gate.state.DeviceMode;
import io.boxoffice.gate.state.Direction;
import io.boxoffice.gate.state.Scan;
import io.boxoffice.gate.state.Series;
import io.boxoffice.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.spi.JdbiPlugin;

/** Fills a database with a concert that lets people in now, and makes scans of its tickets. */
public final class Hall {
  private final TestDatabase database;
  private final Jdbi jdbi;
  private final UUID concert;
  private final UUID type = UUID.randomUUID();

  public Hall() {
    this(TestDatabase.migrated());
  }

  public Hall(TestDatabase database) {
    this.database = database;
    this.jdbi = database.jdbi();
    this.concert = concert();
    gate("north", concert);
    gate("south", concert);
  }

  TestDatabase database() {
    return database;
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  public UUID concertId() {
    return concert;
  }

  /** Creates a further concert that starts in an hour and has no tickets. */
  UUID concert() {
    UUID id = UUID.randomUUID();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "INSERT INTO concerts (id, title, artist, venue, starts_at, sales_open_at,"
                    + " max_per_purchase, created_at) VALUES (?, 't', 'a', 'v',"
                    + " now() + interval '1 hour', now() - interval '1 day', 100, now())",
                id));
    return id;
  }

  public void gate(String name, UUID concertId) {
    jdbi.useHandle(handle -> handle.attach(GateDao.class).put(name, concertId, Instant.now()));
  }

  /** Sells tickets in one purchase, and returns their ids. */
  public List<UUID> tickets(int quantity) {
    UUID purchase = UUID.randomUUID();
    List<UUID> tickets = new ArrayList<>();
    jdbi.useTransaction(
        handle -> {
          handle.execute(
              "INSERT INTO ticket_types (id, concert_id, position, name, price_amount,"
                  + " price_currency, capacity, available) VALUES (?, ?, 0, 'n', 1, 'EUR', 1000000,"
                  + " 500000) ON CONFLICT DO NOTHING",
              type,
              concert);
          handle.execute(
              "INSERT INTO purchases (id, concert_id, ticket_type_id, email, quantity, status,"
                  + " created_at) VALUES (?, ?, ?, 'ada@example.com', ?, 'CONFIRMED', now())",
              purchase,
              concert,
              type,
              Math.min(quantity, 100));
          for (int i = 0; i < quantity; i++) {
            tickets.add(UUID.randomUUID());
          }
          handle.execute(
              "INSERT INTO tickets (id, purchase_id, concert_id)"
                  + " SELECT id, ?, ? FROM unnest(?) AS id",
              purchase,
              concert,
              tickets.toArray(UUID[]::new));
        });
    return tickets;
  }

  public UUID ticket() {
    return tickets(1).get(0);
  }

  /** Cancels the purchase of a ticket, as the shop does. */
  void cancel(UUID ticket) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "UPDATE purchases SET status = 'CANCELLED', cancelled_at = now()"
                    + " WHERE id = (SELECT purchase_id FROM tickets WHERE id = ?)",
                ticket));
  }

  ScanTransaction transaction() {
    return new ScanTransaction(jdbi, Clock.systemUTC(), Generators.timeBasedEpochRandomGenerator());
  }

  /** Returns the transaction with other connections, whose SQL a plugin changes or stops. */
  ScanTransaction transaction(JdbiPlugin plugin) {
    return new ScanTransaction(
        database.jdbi().installPlugin(plugin),
        Clock.systemUTC(),
        Generators.timeBasedEpochRandomGenerator());
  }

  static Scan scan(String gate, long sequence, UUID ticket) {
    return scan(gate, 1, sequence, ticket, Direction.IN, DeviceMode.ONLINE);
  }

  static Scan scan(
      String gate, long series, long sequence, UUID ticket, Direction direction, DeviceMode mode) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS).minusSeconds(1);
    return new Scan(
        UUID.randomUUID(),
        new Series(gate, series),
        sequence,
        ticket,
        null,
        direction,
        mode,
        now,
        now);
  }

  public long number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(long.class).one());
  }

  public List<String> texts(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }
}
