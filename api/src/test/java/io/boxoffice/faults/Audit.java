package io.boxoffice.faults;

import io.boxoffice.faults.LedgerPartner.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Compares what the shop has in its database, what the partner has in its ledger, and what the
 * client was told, after a run of a flow.
 */
final class Audit {
  private static final String STOCK =
      """
      SELECT count(*) FROM ticket_types t
      WHERE t.concert_id = ? AND t.capacity - t.available <> (
        SELECT coalesce(sum(p.quantity), 0) FROM purchases p
        WHERE p.ticket_type_id = t.id AND p.status = 'CONFIRMED')
        + (SELECT coalesce(sum(o.quantity), 0) FROM orders o
           WHERE o.ticket_type_id = t.id AND o.state IN ('HELD', 'PAYING'))
      """;

  private static final String WRONG_TICKETS =
      """
      SELECT count(*) FROM purchases p
      WHERE p.concert_id = ? AND p.quantity <> (
        SELECT count(*) FROM tickets k WHERE k.purchase_id = p.id AND k.concert_id = p.concert_id)
      """;

  private static final String BY_KEY =
      """
      SELECT count(*) FROM (
        SELECT idempotency_key FROM %s WHERE concert_id = ? AND idempotency_key IS NOT NULL) keyed
      """;

  private static final String UNPAID =
      """
      SELECT count(*) FROM purchases p WHERE p.concert_id = ? AND NOT p.paid
      """;

  /**
   * Events that lack their change, and changes that lack their event. An order without a key was
   * written by the test.
   */
  private static final String WRONG_EVENTS =
      """
      WITH concert AS (SELECT CAST(? AS uuid) AS id), expected AS (
        SELECT p.id, 'purchase.made' AS type FROM purchases p JOIN concert c ON c.id = p.concert_id
        WHERE NOT p.paid
        UNION ALL
        SELECT p.id, 'purchase.cancelled' FROM purchases p JOIN concert c ON c.id = p.concert_id
        WHERE NOT p.paid AND p.status = 'CANCELLED'
        UNION ALL
        SELECT o.id, 'order.held' FROM orders o JOIN concert c ON c.id = o.concert_id
        WHERE o.idempotency_key IS NOT NULL
        UNION ALL
        SELECT h.order_id, 'order.' || lower(h.to_state)
        FROM order_changes h JOIN concert c ON c.id = h.concert_id
        WHERE h.to_state IN ('PAYING', 'CONFIRMED', 'DECLINED', 'EXPIRED', 'CANCELLED', 'REFUNDED')
      ), found AS (
        SELECT b.subject, b.type FROM outbox b JOIN concert c ON c.id = b.key
        WHERE b.type <> 'concert.changed'
        UNION ALL
        SELECT b.subject, b.type FROM outbox b
        JOIN orders o ON o.id = b.key JOIN concert c ON c.id = o.concert_id
      )
      SELECT (SELECT count(*) FROM (TABLE expected EXCEPT ALL TABLE found) missing)
           + (SELECT count(*) FROM (TABLE found EXCEPT ALL TABLE expected) additional)
      """;

  /** A state can become one of these without a contradiction to what the client was told. */
  private static final Map<String, Set<String>> LATER =
      Map.of(
          "HELD",
              Set.of(
                  "HELD",
                  "PAYING",
                  "CONFIRMED",
                  "DECLINED",
                  "EXPIRED",
                  "CANCELLED",
                  "REFUNDING",
                  "REFUNDED"),
          "PAYING",
              Set.of("PAYING", "HELD", "CONFIRMED", "DECLINED", "EXPIRED", "REFUNDING", "REFUNDED"),
          "CONFIRMED", Set.of("CONFIRMED", "REFUNDING", "REFUNDED"),
          "DECLINED", Set.of("DECLINED"),
          "EXPIRED", Set.of("EXPIRED", "CONFIRMED", "REFUNDING", "REFUNDED"),
          "CANCELLED", Set.of("CANCELLED"),
          "REFUNDING", Set.of("REFUNDING", "REFUNDED"),
          "REFUNDED", Set.of("REFUNDED"));

  private final Scene scene;
  private final List<String> findings = new ArrayList<>();

  private Audit(Scene scene) {
    this.scene = scene;
  }

  /** Returns what is wrong. */
  static List<String> of(Scene scene, Flow flow, boolean clean) {
    Audit audit = new Audit(scene);
    audit.check(flow, clean);
    return audit.findings;
  }

  private void check(Flow flow, boolean clean) {
    Map<UUID, String> orders = states("SELECT id || ' ' || state FROM orders WHERE concert_id = ?");
    Map<UUID, String> purchases =
        states("SELECT id || ' ' || status FROM purchases WHERE concert_id = ?");
    require(scene.count(STOCK) == 0, "stock, orders and purchases do not agree");
    require(scene.count(WRONG_TICKETS) == 0, "a purchase has another number of tickets");
    require(scene.count(WRONG_EVENTS) == 0, "events and changes do not agree");
    require(scene.count(BY_KEY.formatted("purchases")) <= 1, "the key bought twice");
    require(scene.count(BY_KEY.formatted("orders")) <= 1, "the key ordered twice");
    require(scene.count(UNPAID) <= 1, "the client bought twice");
    orders.forEach((id, state) -> checkMoney(id, state, purchases.get(id)));
    for (UUID charged : scene.partner.ordersSince(scene.chargesBefore)) {
      require(orders.containsKey(charged), "the partner charged the unknown order " + charged);
    }
    scene.acknowledged.forEach(
        (id, told) -> {
          String is = orders.getOrDefault(id, purchases.get(id));
          for (String state : told) {
            require(
                is != null && LATER.get(state).contains(is),
                "the client was told that %s is %s, and it is %s".formatted(id, state, is));
          }
        });
    if (scene.id == null) {
      findings.add("the client has no id");
      return;
    }
    String end = orders.getOrDefault(scene.id, purchases.getOrDefault(scene.id, "missing"));
    require(
        clean ? end.equals(flow.cleanEnd()) : flow.ends().contains(end),
        "the flow ended in the state " + end);
  }

  private void checkMoney(UUID id, String state, String purchase) {
    List<Entry> charges = scene.partner.chargesOf(id).stream().filter(Entry::isSucceeded).toList();
    boolean kept = charges.stream().anyMatch(charge -> !charge.isRefunded());
    require(charges.size() <= 1, "the partner charged " + charges.size() + " times");
    require(
        kept == state.equals("CONFIRMED"),
        "the order is %s, and the money is the %s".formatted(state, kept ? "shop's" : "buyer's"));
    require(
        state.equals("CONFIRMED") == "CONFIRMED".equals(purchase),
        "the order is %s, and its purchase is %s".formatted(state, purchase));
    require(
        !state.equals("PAYING") && !state.equals("REFUNDING"), "the order is stuck in " + state);
  }

  private Map<UUID, String> states(String sql) {
    Map<UUID, String> states = new HashMap<>();
    for (String line : scene.texts(sql)) {
      int space = line.indexOf(' ');
      states.put(UUID.fromString(line.substring(0, space)), line.substring(space + 1));
    }
    return states;
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      findings.add(otherwise);
    }
  }
}
