package io.boxoffice.platform.limit;

import io.boxoffice.platform.http.strict.RouteTable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the limits of a request by its route and method. It is computed once, at start. */
final class LimitTable {

  /**
   * A limit, and the count of the requests that it refused.
   *
   * @param item the policy's item of the header, computed once because every response has it
   */
  record Entry(Limit limit, Refusals refusals, String item) {
    Entry(Limit limit, Refusals refusals) {
      this(limit, refusals, limit.policy().item());
    }

    Policy policy() {
      return limit.policy();
    }
  }

  private record Key(String template, String method) {}

  private final Map<Key, List<Entry>> byRoute = new HashMap<>();

  /** Assigns limits to routes. Limits in memory come first, so that they spare the database. */
  LimitTable(RouteTable routes, List<Entry> limits) {
    List<Entry> inOrder =
        limits.stream().sorted(Comparator.comparing(entry -> entry.policy().scope())).toList();
    for (RouteTable.Route route : routes.routes()) {
      for (String method : route.methods()) {
        byRoute.put(
            new Key(route.template(), method),
            inOrder.stream().filter(entry -> entry.policy().covers(route, method)).toList());
      }
    }
  }

  /** The limits of a method of a route, in the order in which they count. */
  List<Entry> of(RouteTable.Route route, String method) {
    return byRoute.getOrDefault(new Key(route.template(), method), List.of());
  }
}
