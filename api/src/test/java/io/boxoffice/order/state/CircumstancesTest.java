package io.boxoffice.order.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Checks every state and event with every combination of circumstances: a decision depends on one
 * of them at most. So the two tables of {@link LifecycleTest}, for none and for all, say
 * everything.
 */
class CircumstancesTest {
  private static final Circumstances NONE = new Circumstances(false, false, false, false);
  private static final Circumstances ALL = new Circumstances(true, true, true, true);

  private static List<Circumstances> combinations() {
    List<Circumstances> all = new ArrayList<>();
    for (int bits = 0; bits < 16; bits++) {
      all.add(
          new Circumstances((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0));
    }
    return all;
  }

  /** The only circumstance that the decision may depend on. */
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
  void aDecisionDependsOnOneCircumstanceAtMost() {
    int pairs = 0;
    for (OrderState state : OrderState.values()) {
      for (OrderEvent event : OrderEvent.values()) {
        for (Circumstances given : combinations()) {
          assertThat(Lifecycle.decide(state, event, given))
              .as("%s %s %s", state, event, given)
              .isEqualTo(
                  Lifecycle.decide(state, event, relevant(state, event, given) ? ALL : NONE));
          pairs++;
        }
      }
    }
    assertThat(pairs).isEqualTo(OrderState.values().length * OrderEvent.values().length * 16);
  }
}
