package io.boxoffice.order.state;

import io.boxoffice.platform.error.ProblemCode;
import java.util.Set;

/** States what an event does to an order. */
public sealed interface Decision {

  /** Whether the stock must be locked before the order, because the decision depends on it. */
  default boolean needsStock() {
    return false;
  }

  /** The order goes to another state. */
  record Move(OrderState to, Set<Effect> effects, boolean needsStock) implements Decision {
    static Move to(OrderState to, Effect... effects) {
      Set<Effect> all = Set.of(effects);
      return new Move(to, all, all.stream().anyMatch(Effect::needsStock));
    }

    /** Returns this move as one that was chosen by the stock that is left. */
    Move byStock() {
      return new Move(to, effects, true);
    }
  }

  /** The order stays as it is; its payment may change. */
  record Stay(Set<Effect> effects) implements Decision {
    static Stay with(Effect... effects) {
      return new Stay(Set.of(effects));
    }
  }

  /** The caller gets a problem, and nothing changes. */
  record Refuse(ProblemCode code) implements Decision {}

  /**
   * The event contradicts the state: one side is wrong. Nothing changes, and an operator must look.
   */
  record Contradiction() implements Decision {}
}
