package io.boxoffice.order.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Sends random events to one order and compares it with a naive model, which knows only where the
 * tickets and the money are. No sequence may lose tickets or money.
 */
class RandomLivesTest {
  private static final int LIVES = 20_000;
  private static final int EVENTS = 25;
  private static final long SEED = 23;
  private static final List<OrderEvent> EVENT = List.of(OrderEvent.values());

  private interface Decider {
    Decision decide(OrderState state, OrderEvent event, Circumstances circumstances);
  }

  @Test
  void noLifeLosesTicketsOrMoney() {
    Set<OrderState> seen = liveAll(Lifecycle::decide);
    assertThat(seen).isEqualTo(EnumSet.allOf(OrderState.class));
  }

  @Test
  void aMachineThatForgetsToReturnTheStockIsFound() {
    assertThatThrownBy(() -> liveAll(without(OrderEvent.EXPIRE, Effect.PUT_STOCK_BACK)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aMachineThatForgetsToTakeTheStockAgainIsFound() {
    assertThatThrownBy(() -> liveAll(without(OrderEvent.CHARGE_SUCCEEDED, Effect.TAKE_STOCK)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aMachineThatForgetsTheRefundIsFound() {
    assertThatThrownBy(() -> liveAll(without(OrderEvent.CHARGE_SUCCEEDED, Effect.REQUEST_REFUND)))
        .isInstanceOf(AssertionError.class);
  }

  private static Decider without(OrderEvent forgetful, Effect forgotten) {
    return (state, event, circumstances) -> {
      Decision decision = Lifecycle.decide(state, event, circumstances);
      if (event == forgetful && decision instanceof Decision.Move move) {
        Set<Effect> effects = new HashSet<>(move.effects());
        effects.remove(forgotten);
        return new Decision.Move(move.to(), effects, move.needsStock());
      }
      return decision;
    };
  }

  private static Set<OrderState> liveAll(Decider decider) {
    Set<OrderState> seen = EnumSet.noneOf(OrderState.class);
    Random random = new Random(SEED);
    for (int life = 0; life < LIVES; life++) {
      new Life(random, decider, seen).live();
    }
    return seen;
  }

  /** One order in a world with one buyer, one partner and a stock of other tickets. */
  private static final class Life {
    private final Random random;
    private final Decider decider;
    private final Set<OrderState> seen;
    private final StringBuilder story = new StringBuilder();
    private OrderState state = OrderState.HELD;
    private boolean stockTaken = true;
    private boolean purchase;
    private boolean paymentOpen;
    private boolean refundOpen;

    /** What the partner did, which the shop learns by events only: null, or whether it charged. */
    private Boolean charged;

    private boolean moneyBack;
    private boolean concertCancelled;

    Life(Random random, Decider decider, Set<OrderState> seen) {
      this.random = random;
      this.decider = decider;
      this.seen = seen;
    }

    void live() {
      for (int step = 0; step < EVENTS; step++) {
        happen(EVENT.get(random.nextInt(EVENT.size())));
        check();
      }
      settle();
      assertThat(Boolean.TRUE.equals(charged) && !moneyBack)
          .as("the shop keeps money only for tickets:%s", story)
          .isEqualTo(purchase);
      assertThat(concertCancelled && purchase).as("nothing is sold:%s", story).isFalse();
      assertThat(paymentOpen || refundOpen).as("all is closed:%s", story).isFalse();
    }

    /** Time passes, and the partner answers everything that is open. */
    private void settle() {
      apply(OrderEvent.EXPIRE, new Circumstances(true, false, false, true, concertCancelled));
      if (paymentOpen) {
        charged = charged == null || charged;
        report();
      }
      if (concertCancelled) {
        apply(OrderEvent.CONCERT_CANCELLED, circumstances(false));
      }
      if (refundOpen) {
        moneyBack = true;
        apply(OrderEvent.REFUNDED, new Circumstances(true, false, false, true, concertCancelled));
      }
    }

    private void happen(OrderEvent event) {
      switch (event) {
        case CHARGE_SUCCEEDED, CHARGE_DECLINED -> {
          if (paymentOpen && charged == null) {
            charged = event == OrderEvent.CHARGE_SUCCEEDED;
          }
          if (charged != null) {
            report();
          }
        }
        case CHARGE_NOT_MADE -> apply(event, circumstances(charged == null));
        case REFUNDED -> {
          if (refundOpen) {
            moneyBack = true;
            apply(event, circumstances(false));
          }
        }
        case CONCERT_CANCELLED -> {
          concertCancelled = true;
          apply(event, circumstances(false));
        }
        default -> apply(event, circumstances(false));
      }
    }

    private void report() {
      apply(
          charged ? OrderEvent.CHARGE_SUCCEEDED : OrderEvent.CHARGE_DECLINED, circumstances(false));
    }

    /** A cancelled concert stays cancelled. */
    private Circumstances circumstances(boolean chargeImpossible) {
      return new Circumstances(
          random.nextInt(4) == 0,
          random.nextBoolean(),
          chargeImpossible,
          random.nextBoolean(),
          concertCancelled);
    }

    private void apply(OrderEvent event, Circumstances circumstances) {
      story.append(' ').append(event);
      Decision decision = decider.decide(state, event, circumstances);
      assertThat(decision).as(story.toString()).isNotInstanceOf(Decision.Contradiction.class);
      if (decision instanceof Decision.Move move) {
        state = move.to();
        seen.add(state);
        move.effects().forEach(this::write);
        story.append("->").append(state);
      } else if (decision instanceof Decision.Stay stay) {
        stay.effects().forEach(this::write);
      }
      seen.add(state);
    }

    private void write(Effect effect) {
      switch (effect) {
        case PUT_STOCK_BACK -> stockTaken = false;
        case TAKE_STOCK -> stockTaken = true;
        case SELL -> purchase = true;
        case CANCEL_PURCHASE -> {
          purchase = false;
          stockTaken = false;
        }
        case OPEN_PAYMENT -> paymentOpen = true;
        case DROP_PAYMENT, NOTE_CHARGE, NOTE_DECLINE -> paymentOpen = false;
        case REQUEST_REFUND -> refundOpen = true;
        case CLOSE_REFUND -> refundOpen = false;
      }
    }

    /** Every state says where the tickets are. */
    private void check() {
      boolean holds =
          switch (state) {
            case HELD, PAYING, CONFIRMED -> true;
            case DECLINED, EXPIRED, CANCELLED, REFUNDING, REFUNDED -> false;
          };
      assertThat(stockTaken).as("stock:%s", story).isEqualTo(holds);
      assertThat(purchase).as("purchase:%s", story).isEqualTo(state == OrderState.CONFIRMED);
    }
  }
}
