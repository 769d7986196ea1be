package io.boxoffice.order.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Checks every state and event with every combination of circumstances. Besides the cancellation of
 * the concert, a decision depends on one of them at most. So the tables of {@link LifecycleTest}
 * say everything.
 */
class CircumstancesTest {
  private static final int COMBINATIONS = 32;

  private static List<Circumstances> combinations() {
    List<Circumstances> all = new ArrayList<>();
    for (int bits = 0; bits < COMBINATIONS; bits++) {
      all.add(
          new Circumstances(
              (bits & 1) != 0,
              (bits & 2) != 0,
              (bits & 4) != 0,
              (bits & 8) != 0,
              (bits & 16) != 0));
    }
    return all;
  }

  /** The same with all other circumstances, or with none of them. */
  private static Circumstances reduced(boolean others, boolean concertCancelled) {
    return new Circumstances(others, others, others, others, concertCancelled);
  }

  /** The only other circumstance that the decision may depend on. */
  private static boolean relevant(OrderState state, OrderEvent event, Circumstances given) {
    return switch (event) {
      case PAY -> state == OrderState.HELD ? given.due() : given.sameToken();
      case CHARGE_SUCCEEDED -> given.stockLeft();
      case CHARGE_NOT_MADE -> given.chargeImpossible();
      case EXPIRE -> given.due();
      default -> false;
    };
  }

  @Test
  void aDecisionDependsOnTheCancellationAndOneMoreAtMost() {
    int pairs = 0;
    for (OrderState state : OrderState.values()) {
      for (OrderEvent event : OrderEvent.values()) {
        for (Circumstances given : combinations()) {
          assertThat(Lifecycle.decide(state, event, given))
              .as("%s %s %s", state, event, given)
              .isEqualTo(
                  Lifecycle.decide(
                      state,
                      event,
                      reduced(relevant(state, event, given), given.concertCancelled())));
          pairs++;
        }
      }
    }
    assertThat(pairs)
        .isEqualTo(OrderState.values().length * OrderEvent.values().length * COMBINATIONS);
  }
}
