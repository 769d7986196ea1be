package io.boxoffice.order.state;

import static io.boxoffice.order.state.OrderState.CANCELLED;
import static io.boxoffice.order.state.OrderState.CONFIRMED;
import static io.boxoffice.order.state.OrderState.DECLINED;
import static io.boxoffice.order.state.OrderState.EXPIRED;
import static io.boxoffice.order.state.OrderState.HELD;
import static io.boxoffice.order.state.OrderState.PAYING;
import static io.boxoffice.order.state.OrderState.REFUNDED;
import static io.boxoffice.order.state.OrderState.REFUNDING;

import io.boxoffice.platform.error.ProblemCode;

/**
 * Decides what each event does in each state (docs/orders.md has the table). Answers, callbacks and
 * the reconciler report the same events, in any order and any number of times, so a repeated event
 * changes nothing.
 */
public final class Lifecycle {
  private static final Decision UNCHANGED = Decision.Stay.with();

  private Lifecycle() {}

  /** Decides. The same arguments always give the same decision. */
  public static Decision decide(OrderState state, OrderEvent event, Circumstances circumstances) {
    return switch (event) {
      case PAY -> pay(state, circumstances);
      case CHARGE_SUCCEEDED -> chargeSucceeded(state, circumstances);
      case CHARGE_DECLINED -> chargeDeclined(state);
      case CHARGE_NOT_MADE -> chargeNotMade(state, circumstances);
      case EXPIRE -> expire(state, circumstances.due());
      case CANCEL -> cancel(state);
      case REFUND -> refund(state);
      case CONCERT_CANCELLED -> concertCancelled(state);
      case REFUNDED ->
          state == REFUNDING ? Decision.Move.to(REFUNDED, Effect.CLOSE_REFUND) : UNCHANGED;
    };
  }

  private static Decision pay(OrderState state, Circumstances circumstances) {
    return switch (state) {
      case HELD -> payHeld(circumstances);
      case PAYING ->
          circumstances.sameToken()
              ? UNCHANGED
              : new Decision.Refuse(ProblemCode.PAYMENT_IN_PROGRESS);
      case CONFIRMED, DECLINED ->
          circumstances.sameToken()
              ? UNCHANGED
              : new Decision.Refuse(ProblemCode.ORDER_NOT_PAYABLE);
      case EXPIRED, CANCELLED, REFUNDING, REFUNDED ->
          new Decision.Refuse(ProblemCode.ORDER_NOT_PAYABLE);
    };
  }

  private static Decision payHeld(Circumstances circumstances) {
    if (circumstances.concertCancelled()) {
      return new Decision.Refuse(ProblemCode.CONCERT_CANCELLED);
    }
    return circumstances.due()
        ? new Decision.Refuse(ProblemCode.ORDER_NOT_PAYABLE)
        : Decision.Move.to(PAYING, Effect.OPEN_PAYMENT);
  }

  private static Decision chargeSucceeded(OrderState state, Circumstances circumstances) {
    if (circumstances.concertCancelled()) {
      return chargedForNothing(state);
    }
    return switch (state) {
      case PAYING -> Decision.Move.to(CONFIRMED, Effect.NOTE_CHARGE, Effect.SELL);
      case EXPIRED, CANCELLED ->
          circumstances.stockLeft()
              ? Decision.Move.to(CONFIRMED, Effect.NOTE_CHARGE, Effect.TAKE_STOCK, Effect.SELL)
              : Decision.Move.to(REFUNDING, Effect.NOTE_CHARGE, Effect.REQUEST_REFUND).byStock();
      case CONFIRMED, REFUNDING, REFUNDED -> UNCHANGED;
      case HELD, DECLINED -> new Decision.Contradiction();
    };
  }

  /** The concert is cancelled, so a charge is returned, and nothing is sold. */
  private static Decision chargedForNothing(OrderState state) {
    return switch (state) {
      case PAYING ->
          Decision.Move.to(
              REFUNDING, Effect.NOTE_CHARGE, Effect.PUT_STOCK_BACK, Effect.REQUEST_REFUND);
      case EXPIRED, CANCELLED ->
          Decision.Move.to(REFUNDING, Effect.NOTE_CHARGE, Effect.REQUEST_REFUND);
      case CONFIRMED, REFUNDING, REFUNDED -> UNCHANGED;
      case HELD, DECLINED -> new Decision.Contradiction();
    };
  }

  private static Decision chargeDeclined(OrderState state) {
    return switch (state) {
      case PAYING -> Decision.Move.to(DECLINED, Effect.NOTE_DECLINE, Effect.PUT_STOCK_BACK);
      case EXPIRED, CANCELLED -> Decision.Stay.with(Effect.NOTE_DECLINE);
      case HELD, CONFIRMED, DECLINED, REFUNDING, REFUNDED -> UNCHANGED;
    };
  }

  private static Decision chargeNotMade(OrderState state, Circumstances circumstances) {
    if (!circumstances.chargeImpossible()) {
      return UNCHANGED;
    }
    return switch (state) {
      case PAYING ->
          circumstances.concertCancelled()
              ? Decision.Move.to(CANCELLED, Effect.DROP_PAYMENT, Effect.PUT_STOCK_BACK)
              : Decision.Move.to(HELD, Effect.DROP_PAYMENT);
      case EXPIRED -> Decision.Stay.with(Effect.DROP_PAYMENT);
      case HELD, CONFIRMED, DECLINED, CANCELLED, REFUNDING, REFUNDED -> UNCHANGED;
    };
  }

  private static Decision expire(OrderState state, boolean due) {
    return due && (state == HELD || state == PAYING)
        ? Decision.Move.to(EXPIRED, Effect.PUT_STOCK_BACK)
        : UNCHANGED;
  }

  private static Decision cancel(OrderState state) {
    return switch (state) {
      case HELD -> Decision.Move.to(CANCELLED, Effect.PUT_STOCK_BACK);
      case CANCELLED, EXPIRED, DECLINED -> UNCHANGED;
      case PAYING -> new Decision.Refuse(ProblemCode.PAYMENT_IN_PROGRESS);
      case CONFIRMED, REFUNDING, REFUNDED -> new Decision.Refuse(ProblemCode.ORDER_NOT_CANCELLABLE);
    };
  }

  private static Decision refund(OrderState state) {
    return switch (state) {
      case CONFIRMED -> Decision.Move.to(REFUNDING, Effect.CANCEL_PURCHASE, Effect.REQUEST_REFUND);
      case REFUNDING, REFUNDED -> UNCHANGED;
      case HELD, PAYING, DECLINED, EXPIRED, CANCELLED ->
          new Decision.Refuse(ProblemCode.ORDER_NOT_REFUNDABLE);
    };
  }

  /** A PAYING order waits for the partner, because only its answer says where the money is. */
  private static Decision concertCancelled(OrderState state) {
    return switch (state) {
      case HELD -> Decision.Move.to(CANCELLED, Effect.PUT_STOCK_BACK);
      case CONFIRMED -> Decision.Move.to(REFUNDING, Effect.CANCEL_PURCHASE, Effect.REQUEST_REFUND);
      case PAYING, DECLINED, EXPIRED, CANCELLED, REFUNDING, REFUNDED -> UNCHANGED;
    };
  }
}
