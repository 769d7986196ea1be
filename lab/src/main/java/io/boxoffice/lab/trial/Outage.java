package io.boxoffice.lab.trial;

import io.boxoffice.stress.check.history.Operation;
import io.boxoffice.stress.check.history.Operation.Outcome;
import java.util.List;

/** Computes how long clients had no success. */
final class Outage {
  private Outage() {}

  /**
   * The longest time between two successful answers that ends after the fault.
   *
   * @param struck when the fault happened, in microseconds
   * @param until when the load ended: a gap may last until then
   * @return microseconds
   */
  static long longest(List<Operation> operations, long struck, long until) {
    long[] successes =
        operations.stream()
            .filter(one -> one.outcome() == Outcome.OK && one.ended() <= until)
            .mapToLong(Operation::ended)
            .sorted()
            .toArray();
    long longest = 0;
    long last = 0;
    for (long success : successes) {
      if (success > struck) {
        longest = Math.max(longest, success - last);
      }
      last = success;
    }
    return Math.max(longest, until - last);
  }
}
