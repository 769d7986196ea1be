package io.boxoffice.stress.compare.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.stress.compare.audit.Effects;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What became of orders: their states in the shop, and their charges at the partner. */
final class Orders {
  private static final Set<String> ENDED = Set.of("CONFIRMED", "DECLINED");
  private static final Set<String> OPEN = Set.of("PAYING", "EXPIRED", "REFUNDING");

  private Orders() {}

  /** An order as the shop has it; the time is microseconds since 1970. */
  record Order(String key, String id, String state, long changedAt) {}

  /**
   * Reads the effects of all orders.
   *
   * @param key the column that names the effect of an order
   */
  static Effects effects(Stage stage, String key) {
    Map<String, List<Long>> charges = new HashMap<>();
    for (JsonNode charge : stage.partners().pages("/charges")) {
      if (charge.path("status").asText().equals("SUCCEEDED")) {
        charges
            .computeIfAbsent(charge.path("reference").asText(), absent -> new ArrayList<>())
            .add(Stage.micros(charge.path("createdAt")));
      }
    }
    List<Order> orders = new ArrayList<>();
    stage.rows(
        "SELECT %s::text, id::text, state, changed_at FROM orders".formatted(key),
        row ->
            orders.add(
                new Order(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    Stage.micros(row.getTimestamp(4).toInstant()))));
    return effects(orders, charges);
  }

  /**
   * Compares orders with charges. An order is done when it is CONFIRMED and charged, or DECLINED.
   * Each charge beyond the first one was done twice, and so was one of an order that is declined.
   *
   * @param charges the times of the successful charges by order
   */
  static Effects effects(List<Order> orders, Map<String, List<Long>> charges) {
    Effects effects = new Effects();
    for (Order order : orders) {
      if (order.state().equals("DECLINED")) {
        effects.add(order.key(), order.changedAt());
      }
      if (ENDED.contains(order.state())) {
        effects.committed(order.key());
        charges
            .getOrDefault(order.id(), List.of())
            .forEach(at -> effects.add(order.key(), Math.max(at, order.changedAt())));
      } else if (OPEN.contains(order.state())) {
        effects.committed(order.key());
        effects.open(order.key());
      }
    }
    return effects;
  }

  /** Ticket types whose stock and sold tickets do not add up. */
  static List<String> faults(Stage stage) {
    List<String> faults = new ArrayList<>();
    stage.rows(
        """
        SELECT t.id, t.capacity, t.available,
          (SELECT coalesce(sum(o.quantity), 0) FROM orders o
           WHERE o.ticket_type_id = t.id AND o.state IN ('HELD', 'PAYING', 'CONFIRMED')) AS ordered
        FROM ticket_types t JOIN orders x ON x.ticket_type_id = t.id
        GROUP BY t.id, t.capacity, t.available
        """,
        row -> {
          if (row.getLong(2) != row.getLong(3) + row.getLong(4)) {
            faults.add(
                "Ticket type %s: capacity %d, available %d, ordered %d."
                    .formatted(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)));
          }
        });
    return faults;
  }
}
