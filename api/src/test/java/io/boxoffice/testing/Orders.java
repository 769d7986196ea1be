package io.boxoffice.testing;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Writes orders into the database and looks at them there, for tests. */
public final class Orders {
  private static final NoArgGenerator IDS = Generators.timeBasedEpochRandomGenerator();

  private final Jdbi jdbi;

  /** Uses the given database. */
  public Orders(TestDatabase database) {
    this(database.jdbi());
  }

  /** Uses the given connections to a database. */
  public Orders(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Names a ticket type of a concert. */
  public record Type(UUID concertId, UUID id) {}

  /** Creates a concert with one ticket type. */
  public Type concert(int capacity) {
    Type type = new Type(IDS.generate(), IDS.generate());
    jdbi.useHandle(
        handle -> {
          handle.execute(
              "INSERT INTO concerts (id, title, artist, venue, starts_at, sales_open_at,"
                  + " max_per_purchase, created_at) VALUES (?, 't', 'a', 'v', now() +"
                  + " interval '1 year', now(), 10, now())",
              type.concertId());
          handle.execute(
              "INSERT INTO ticket_types (id, concert_id, position, name, price_amount,"
                  + " price_currency, capacity, available) VALUES (?, ?, 0, 'n', 4500, 'EUR', ?, ?)",
              type.id(),
              type.concertId(),
              capacity,
              capacity);
        });
    return type;
  }

  /** Holds tickets for an order without an account. */
  public UUID hold(Type type, int quantity, Duration length) {
    return hold(type, quantity, length, null);
  }

  /**
   * Holds tickets for an order, as the sales desk does.
   *
   * @param accountId null if the order's id alone gives access
   */
  public UUID hold(Type type, int quantity, Duration length, UUID accountId) {
    UUID id = IDS.generate();
    jdbi.useTransaction(
        handle -> {
          int taken =
              handle.execute(
                  "UPDATE ticket_types SET available = available - ? WHERE id = ? AND available >= ?",
                  quantity,
                  type.id(),
                  quantity);
          if (taken != 1) {
            throw new AssertionError("sold out");
          }
          insert(handle, type, id, quantity, "HELD", accountId);
          handle.execute("UPDATE orders SET expires_at = created_at + ? WHERE id = ?", length, id);
        });
    return id;
  }

  /** Holds one ticket for each of many orders. */
  public void holdMany(Type type, int orders) {
    jdbi.useTransaction(
        handle -> {
          handle.execute(
              "UPDATE ticket_types SET available = available - ? WHERE id = ?", orders, type.id());
          handle.execute(
              "INSERT INTO orders (concert_id, id, ticket_type_id, email, quantity, amount,"
                  + " currency, state, created_at, expires_at, changed_at)"
                  + " SELECT ?, gen_random_uuid(), ?, 'ada@example.com', 1, 4500, 'EUR', 'HELD',"
                  + " now(), now() + interval '10 minutes', now() FROM generate_series(1, ?)",
              type.concertId(),
              type.id(),
              orders);
        });
  }

  /** Inserts an order in any state that needs no stock. */
  public UUID ended(Type type, String state) {
    UUID id = IDS.generate();
    jdbi.useHandle(handle -> insert(handle, type, id, 1, state, null));
    return id;
  }

  /** Inserts a CONFIRMED order without a purchase, which was paid with the given token. */
  public UUID paid(Type type, String token) {
    UUID id = ended(type, "CONFIRMED");
    jdbi.useHandle(
        handle ->
            handle.execute(
                "INSERT INTO payments (concert_id, order_id, token_hash, state, charge_id,"
                    + " requested_at, answered_at, attempts) VALUES (?, ?,"
                    + " encode(sha256(convert_to(?, 'UTF8')), 'hex'), 'SUCCEEDED', 'c', now(), now(), 1)",
                type.concertId(),
                id,
                token));
    return id;
  }

  private static void insert(
      Handle handle, Type type, UUID id, int quantity, String state, UUID accountId) {
    handle.execute(
        "INSERT INTO orders (concert_id, id, ticket_type_id, email, quantity, amount, currency,"
            + " state, account_id, created_at, expires_at, changed_at)"
            + " SELECT ?, ?, ?, 'ada@example.com', ?, price_amount * ?, price_currency, ?, ?, now(),"
            + " now() + interval '10 minutes', now() FROM ticket_types WHERE id = ?",
        type.concertId(),
        id,
        type.id(),
        quantity,
        quantity,
        state,
        accountId,
        type.id());
  }

  /** Moves an order into the past. */
  public void age(UUID id, Duration age) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "UPDATE orders SET created_at = created_at - ?, expires_at = expires_at - ?,"
                    + " changed_at = changed_at - ? WHERE id = ?",
                age,
                age,
                age,
                id));
  }

  /** Lets the reconciler ask about an order's payment at once. */
  public void makeDue(UUID id) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "UPDATE payments SET next_attempt_at = now()"
                    + " WHERE order_id = ? AND next_attempt_at IS NOT NULL",
                id));
  }

  /** Returns the state of an order. */
  public String state(UUID id) {
    return text("SELECT state FROM orders WHERE id = ?", id);
  }

  /** Returns how many tickets are available. */
  public int available(Type type) {
    return Integer.parseInt(text("SELECT available FROM ticket_types WHERE id = ?", type.id()));
  }

  /** Returns the history of an order, as lines such as "PAY HELD PAYING". */
  public List<String> history(UUID id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT event || ' ' || from_state || ' ' || to_state FROM order_changes"
                        + " WHERE order_id = ? ORDER BY changed_at")
                .bind(0, id)
                .mapTo(String.class)
                .list());
  }

  /** Returns the first value of a query with one parameter. */
  public String text(String sql, UUID parameter) {
    return jdbi.withHandle(
        handle -> handle.createQuery(sql).bind(0, parameter).mapTo(String.class).one());
  }
}
