package io.boxoffice.concert;

import io.boxoffice.platform.error.ProblemException;
import java.util.Optional;

/**
 * Decides whether an operator's request may change a concert, from its state under the row locks.
 */
@FunctionalInterface
public interface ChangeCondition {
  /** Allows every change. */
  ChangeCondition NONE = current -> {};

  /**
   * Checks the concert; the argument is empty when there is no such concert.
   *
   * @throws ProblemException 412 when the change must not be made
   */
  void require(Optional<Concert> current);
}
