package io.boxoffice.stress.crowd.record;

import io.boxoffice.stress.crowd.shop.OrderState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One order that a buyer wants, from the hold to the end of the payment, with the answers of the
 * shop.
 */
public final class Checkout {
  // 198.18.0.0/15 is reserved for load tests (RFC 2544), so no real client has these addresses.
  private static final int ADDRESSES = 1 << 17;
  private static final int BYTE = 0xff;

  /** What the buyer does with the order. */
  public enum Plan {
    /** Pays by a good card. */
    PAY(35, "tok_ok"),
    /** The same, and sends the payment again afterwards, also by another card. */
    PAY_TWICE(10, "tok_ok"),
    /** The same, and closes the connection before the answer, once. */
    PAY_IMPATIENTLY(10, "tok_ok"),
    /** The same, without waiting for the answer: reads the order instead. */
    PAY_LATER(15, "tok_ok"),
    /** Pays by a card that is declined. */
    DECLINED(10, "tok_declined"),
    /** Pays by a card without enough money. */
    INSUFFICIENT(5, "tok_insufficient"),
    /** Gives the tickets back. */
    CANCEL(8, null),
    /** Leaves without a word. */
    LEAVE(7, null);

    private final int percent;
    private final String token;

    Plan(int percent, String token) {
      this.percent = percent;
      this.token = token;
    }

    /** The plan of the buyer at a place among a hundred, from 0. */
    public static Plan at(int place) {
      int rest = place;
      for (Plan plan : values()) {
        rest -= plan.percent;
        if (rest < 0) {
          return plan;
        }
      }
      throw new IllegalArgumentException("no plan for the place " + place);
    }

    /** The payment means; null if the buyer does not pay. */
    public String token() {
      return token;
    }

    /** Whether the buyer wants to pay. */
    public boolean pays() {
      return token != null;
    }

    /** Whether the partner charges for this plan. */
    public boolean isCharged() {
      return "tok_ok".equals(token);
    }
  }

  private final Attempt hold;
  private final Plan plan;
  private final String address;
  private final Set<OrderState> told = EnumSet.noneOf(OrderState.class);
  private final List<Exchange> payments = new ArrayList<>();
  private final List<Exchange> cancellations = new ArrayList<>();

  Checkout(Attempt hold, Plan plan, int number) {
    this.hold = hold;
    this.plan = plan;
    int within = number % ADDRESSES;
    this.address =
        "198.%d.%d.%d".formatted(18 + (within >> 16), (within >> 8) & BYTE, within & BYTE);
  }

  /** Records a payment, or a request to read whether it is done, and the answer. */
  public synchronized void toldOfPayment(Exchange exchange) {
    payments.add(exchange);
    told(exchange.answer());
  }

  /** Records a request to give the tickets back, and the answer. */
  public synchronized void toldCancelled(Exchange exchange) {
    cancellations.add(exchange);
    told(exchange.answer());
  }

  private void told(Answer answer) {
    if (answer.reportedState() != null) {
      told.add(answer.reportedState());
    }
  }

  /** The request that holds the tickets. */
  public Attempt hold() {
    return hold;
  }

  /** What the buyer does with it. */
  public Plan plan() {
    return plan;
  }

  /** The address that the buyer sends from, as a proxy would report it. */
  public String address() {
    return address;
  }

  /** The order's id; for an order that was acknowledged. */
  public String orderId() {
    return hold.purchaseIds().iterator().next();
  }

  /** Whether the shop has said that the order had a state. */
  public synchronized boolean wasTold(OrderState state) {
    return told.contains(state);
  }

  /** The payments and the requests to read whether they are done, each with its answer. */
  public synchronized List<Exchange> payments() {
    return List.copyOf(payments);
  }

  /** The requests to give the tickets back, each with its answer. */
  public synchronized List<Exchange> cancellations() {
    return List.copyOf(cancellations);
  }

  /** Whether the buyer knows how it ended. */
  public synchronized boolean isOver() {
    return told.contains(OrderState.CONFIRMED)
        || told.contains(OrderState.DECLINED)
        || told.contains(OrderState.CANCELLED)
        || told.contains(OrderState.EXPIRED);
  }
}
