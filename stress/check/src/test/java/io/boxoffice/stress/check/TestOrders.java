package io.boxoffice.stress.check;

import io.boxoffice.stress.check.history.Operation.Outcome;
import io.boxoffice.stress.check.history.Purchase;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The orders of {@link TestShop}: they hold tickets until they are paid, declined or expire. */
final class TestOrders {
  private static final int HOLD = 100;
  private static final int LATE = 20;

  private enum State {
    HELD,
    PAID,
    DECLINED,
    EXPIRED,
    CANCELLED
  }

  private static final class Order {
    private final String id;
    private final String stock;
    private final int quantity;
    private final long begin;
    private final long expiry;
    private State state = State.HELD;
    private boolean paid;
    private boolean late;

    Order(String id, String stock, int quantity, long begin, long expiry) {
      this.id = id;
      this.stock = stock;
      this.quantity = quantity;
      this.begin = begin;
      this.expiry = expiry;
    }
  }

  private final TestShop shop;
  private final Map<String, Order> orders = new LinkedHashMap<>();

  TestOrders(TestShop shop) {
    this.shop = shop;
  }

  boolean has(String id) {
    return orders.containsKey(id);
  }

  void hold(String id, String stock, int quantity, TestRequest request) {
    int hold = shop.is(Bug.EXPIRES_AN_ORDER_TOO_EARLY) ? 1 : HOLD;
    long expiry = request.effect() + hold + shop.random(LATE);
    orders.put(id, new Order(id, stock, quantity, request.begin(), expiry));
  }

  /** Expires what is due at a time. */
  void expire(long time) {
    List<Order> due =
        orders.values().stream()
            .filter(order -> order.expiry <= time && order.state == State.HELD)
            .sorted(Comparator.comparingLong(order -> order.expiry))
            .toList();
    for (Order order : due) {
      order.state = State.EXPIRED;
      if (!shop.is(Bug.EXPIRES_AN_ORDER_WITHOUT_GIVING_BACK)) {
        add(order, order.quantity, order.expiry);
      }
      if (shop.is(Bug.GIVES_BACK_AN_EXPIRED_ORDER_TWICE)) {
        add(order, order.quantity, order.expiry);
      }
      if (shop.is(Bug.SELLS_WHAT_NOBODY_HAS_PAID)) {
        sell(order, order.expiry);
      }
    }
  }

  private void add(Order order, int tickets, long time) {
    shop.set(order.stock, shop.left(order.stock) + tickets, time);
  }

  private void sell(Order order, long time) {
    if (order.state == State.EXPIRED && !shop.is(Bug.SELLS_AN_EXPIRED_ORDER_WITHOUT_TAKING_AGAIN)) {
      add(order, -order.quantity, time);
    }
    order.state = State.PAID;
    order.paid = true;
    order.late = time >= order.expiry;
  }

  void pay(TestRequest request, String id) {
    Order order = orders.get(id);
    if (order != null) {
      shop.record(request, null, pay(order, request), id, 0);
    }
  }

  private Outcome pay(Order order, TestRequest request) {
    long time = request.effect();
    boolean sells =
        order.state == State.HELD
            || (order.state == State.EXPIRED
                && (shop.left(order.stock) >= order.quantity
                    || shop.is(Bug.SELLS_AN_EXPIRED_ORDER_WITHOUT_LOOKING_AT_THE_STOCK)));
    if (request.isOrder() && sells) {
      sell(order, time);
      if (shop.is(Bug.EXPIRES_WHAT_IS_PAID)) {
        order.state = State.EXPIRED;
        order.paid = false;
        add(order, order.quantity, time);
        return Outcome.OK;
      }
    } else if (order.state == State.HELD) {
      if (shop.is(Bug.DECLINES_AND_KEEPS_THE_TICKETS)) {
        order.state = State.PAID;
        return Outcome.DECLINED;
      }
      if (shop.is(Bug.DECLINES_AND_SELLS)) {
        sell(order, time);
        return Outcome.DECLINED;
      }
      order.state = State.DECLINED;
      if (!shop.is(Bug.DECLINES_WITHOUT_GIVING_BACK)) {
        add(order, order.quantity, time);
      }
    }
    return order.state == State.PAID
        ? Outcome.OK
        : order.state == State.DECLINED ? Outcome.DECLINED : Outcome.FAILED;
  }

  /** Returns whether it was an order. */
  boolean cancel(TestRequest request, String id) {
    Order order = orders.get(id);
    if (order == null) {
      return false;
    }
    if (order.state == State.HELD || order.state == State.PAID) {
      order.state = State.CANCELLED;
      add(order, order.quantity, request.effect());
    }
    Outcome outcome = order.state == State.CANCELLED ? Outcome.OK : Outcome.FAILED;
    shop.record(request, null, outcome, id, 0);
    return true;
  }

  /** Writes what has become of the orders into the purchases of the shop. */
  void end(Map<String, Purchase> purchases) {
    for (Order order : orders.values()) {
      boolean has = order.state == State.HELD || order.state == State.PAID;
      Purchase stored = purchases.get(order.id);
      purchases.put(
          order.id,
          new Purchase(
              order.id,
              order.stock,
              order.quantity,
              stored.key(),
              !has,
              order.state == State.EXPIRED,
              order.late,
              order.paid,
              shop.random(LATE) > 0 ? order.begin + HOLD : Long.MIN_VALUE));
    }
  }
}
