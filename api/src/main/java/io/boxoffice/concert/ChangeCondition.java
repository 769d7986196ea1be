package io.boxoffice.concert;

import io.boxoffice.platform.error.ProblemException;
import java.util.Optional;

/** Decides whether a concert may be changed as it stands now, with its rows locked. */
@FunctionalInterface
public interface ChangeCondition {
  /** Allows every change. */
  ChangeCondition NONE = current -> {};

  /**
   * Checks the concert; empty where there is none.
   *
   * @throws ProblemException 412 where the change must not be made
   */
  void require(Optional<Concert> current);
}
