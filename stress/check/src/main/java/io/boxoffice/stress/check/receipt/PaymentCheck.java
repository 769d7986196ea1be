package io.boxoffice.stress.check.receipt;

import io.boxoffice.stress.check.history.Operation;
import io.boxoffice.stress.check.history.Operation.Outcome;
import io.boxoffice.stress.check.history.Purchase;
import io.boxoffice.stress.check.verdict.Contradiction.Promise;
import java.util.List;

/** Compares the answers to payments with what became of the purchases. */
final class PaymentCheck {
  private PaymentCheck() {}

  /**
   * Checks what payments of a purchase were answered.
   *
   * @param purchase null if the shop does not have it
   */
  static void answers(String id, List<Operation> attempts, Purchase purchase, Found found) {
    for (Operation attempt : attempts) {
      boolean paid = attempt.outcome() == Outcome.OK;
      if (!paid && attempt.outcome() != Outcome.DECLINED) {
        continue;
      }
      if (purchase == null) {
        found.add(
            Promise.ACKNOWLEDGED,
            "the payment of %s was answered, and it is missing".formatted(id),
            List.of(attempt));
      } else if (paid && !purchase.paid()) {
        found.add(
            Promise.ACKNOWLEDGED,
            "the payment of %s was acknowledged, and it is not paid".formatted(id),
            List.of(attempt));
      } else if (!paid && (purchase.paid() || !purchase.givenBack())) {
        found.add(
            Promise.ACKNOWLEDGED,
            "the payment of %s was declined, and its tickets are %s"
                .formatted(id, purchase.paid() ? "paid" : "not given back"),
            List.of(attempt));
      }
    }
  }

  /** Checks that a purchase which is paid may be. */
  static void isAskedFor(Purchase purchase, List<Operation> attempts, Found found) {
    if (attempts.stream()
        .noneMatch(one -> one.outcome() == Outcome.OK || one.outcome() == Outcome.UNKNOWN)) {
      found.add(
          Promise.ONLY_WHAT_WAS_ASKED_FOR,
          attempts.isEmpty()
              ? "the purchase %s is paid, and no request has paid it".formatted(purchase.id())
              : "every payment of %s was refused, and it is paid".formatted(purchase.id()),
          attempts);
    }
  }
}
