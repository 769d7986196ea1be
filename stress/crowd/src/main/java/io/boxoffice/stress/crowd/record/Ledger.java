package io.boxoffice.stress.crowd.record;

import io.boxoffice.stress.crowd.shop.Offer;
import java.util.ArrayList;
import java.util.List;

/** Every attempt to buy and every order of a run, as the buyers saw them. */
public final class Ledger {
  private final String runId;
  private final boolean denialsAreFinal;
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Checkout> checkouts = new ArrayList<>();
  private final Looks looks = new Looks();

  /**
   * An empty one.
   *
   * @param denialsAreFinal whether the simulation's denials are known to come before the sale; a
   *     denial after the sale hides a sale
   */
  public Ledger(String runId, boolean denialsAreFinal) {
    this.runId = runId;
    this.denialsAreFinal = denialsAreFinal;
  }

  /** A new attempt, with a key of its own. */
  public synchronized Attempt open(Offer offer, int quantity) {
    Attempt attempt =
        new Attempt(
            "purchases",
            offer,
            quantity,
            "stress-%s-%d".formatted(runId, attempts.size()),
            denialsAreFinal);
    attempts.add(attempt);
    return attempt;
  }

  /** A new order, with a key and an address of its own. */
  public synchronized Checkout openOrder(Offer offer, int quantity, Checkout.Plan plan) {
    int number = checkouts.size();
    Attempt hold =
        new Attempt(
            "orders",
            offer,
            quantity,
            "stress-%s-order-%d".formatted(runId, number),
            denialsAreFinal);
    Checkout checkout = new Checkout(hold, plan, number);
    checkouts.add(checkout);
    return checkout;
  }

  /** What visitors saw. */
  public Looks looks() {
    return looks;
  }

  /** All orders. */
  public synchronized List<Checkout> checkouts() {
    return List.copyOf(checkouts);
  }

  /** All of them. */
  public synchronized List<Attempt> attempts() {
    return List.copyOf(attempts);
  }
}
