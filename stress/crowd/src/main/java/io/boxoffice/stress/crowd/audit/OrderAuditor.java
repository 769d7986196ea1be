package io.boxoffice.stress.crowd.audit;

import io.boxoffice.stress.crowd.exit.StressException;
import io.boxoffice.stress.crowd.record.Answer;
import io.boxoffice.stress.crowd.record.Attempt;
import io.boxoffice.stress.crowd.record.Checkout;
import io.boxoffice.stress.crowd.record.Exchange;
import io.boxoffice.stress.crowd.record.Looks.Look;
import io.boxoffice.stress.crowd.shop.Charge;
import io.boxoffice.stress.crowd.shop.OrderRecord;
import io.boxoffice.stress.crowd.shop.OrderState;
import io.boxoffice.stress.crowd.shop.Partner;
import io.boxoffice.stress.crowd.shop.Receipt;
import io.boxoffice.stress.crowd.shop.Shop;
import io.boxoffice.stress.crowd.shop.Stock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Waits until the orders of a run are settled, reads the records about them, and audits them. */
public final class OrderAuditor {
  // The partner's clock may differ from this machine's.
  private static final Duration CLOCKS = Duration.ofMinutes(5);

  private final Shop shop;
  private final Optional<Partner> partner;
  private final Instant began;
  private final Duration settling;

  /**
   * Audits the given shop.
   *
   * @param partner its payment partner; empty if it is not known
   * @param began when the run began
   * @param settling how long the payments may take to have a result
   */
  public OrderAuditor(Shop shop, Optional<Partner> partner, Instant began, Duration settling) {
    this.shop = shop;
    this.partner = partner;
    this.began = began;
    this.settling = settling;
  }

  /**
   * Audits a run.
   *
   * @param looks what visitors saw of the concerts
   * @param concerts those that the run made; empty when it bought from others'
   * @throws StressException when the records of the shop cannot be read
   */
  public Findings audit(
      Collection<Checkout> checkouts, Collection<Look> looks, Collection<String> concerts) {
    if (!concerts.isEmpty()) {
      checkouts.forEach(this::resolve);
    }
    Instant begin = Instant.now();
    awaitSettled(checkouts);
    long settled = Duration.between(begin, Instant.now()).toSeconds();
    Findings findings = Readings.untilClean(() -> read(checkouts, looks, concerts));
    findings.figures().put("secondsToSettle", settled);
    return findings;
  }

  /** Finds out whether a request without an answer has made an order: it repeats the request. */
  private void resolve(Checkout checkout) {
    Attempt hold = checkout.hold();
    if (hold.isOpen()) {
      shop.orderOf(hold.offer().concertId(), hold.key(), hold.body())
          .ifPresent(
              order ->
                  hold.told(
                      Exchange.now(
                          new Answer(201, null, false, true, "/v1/orders/" + order.id(), null))));
    }
  }

  /**
   * Waits until no order waits for the partner, and none is held whose time ends within the limit:
   * otherwise, it could expire while its records are read.
   */
  private void awaitSettled(Collection<Checkout> checkouts) {
    Instant end = Instant.now().plus(settling);
    List<String> open = new ArrayList<>();
    checkouts.forEach(checkout -> open.addAll(checkout.hold().purchaseIds()));
    while (!open.isEmpty() && Instant.now().isBefore(end)) {
      open.removeIf(id -> shop.order(id).filter(order -> changesBefore(order, end)).isEmpty());
      if (!open.isEmpty()) {
        Readings.pause();
      }
    }
  }

  private static boolean changesBefore(OrderRecord order, Instant end) {
    return order.state().waitsForPartner()
        || (order.state() == OrderState.HELD && order.expiresAt().isBefore(end));
  }

  private Findings read(
      Collection<Checkout> checkouts, Collection<Look> looks, Collection<String> concerts) {
    Map<String, OrderRecord> orders = new LinkedHashMap<>();
    for (Checkout checkout : checkouts) {
      for (String id : checkout.hold().purchaseIds()) {
        shop.order(id).ifPresent(order -> orders.put(id, order));
      }
    }
    Instant readAt = Instant.now();
    List<Receipt> receipts = new ArrayList<>();
    List<Stock> stocks = new ArrayList<>();
    for (String concert : concerts) {
      receipts.addAll(shop.purchases(concert));
      stocks.addAll(shop.stock(concert));
    }
    if (concerts.isEmpty()) {
      orders.values().stream()
          .filter(order -> order.state() == OrderState.CONFIRMED)
          .forEach(order -> shop.purchase(order.id()).ifPresent(receipts::add));
    }
    List<Charge> charges = null;
    String noLedger = "its address is not known; give --partner-url and --partner-token";
    if (partner.isPresent()) {
      try {
        charges = partner.get().charges(began.minus(CLOCKS));
      } catch (StressException failure) {
        noLedger = failure.getMessage();
      }
    }
    return OrderAudit.of(
        checkouts,
        looks,
        new OrderBooks(
            readAt,
            new HashMap<>(orders),
            receipts,
            stocks,
            !concerts.isEmpty(),
            charges,
            charges == null ? noLedger : null));
  }
}
