package io.boxoffice.stress.check;

import io.boxoffice.stress.check.history.Operation.Kind;

/**
 * A request to {@link TestShop} before its effect.
 *
 * @param lost whether its answer is lost
 * @param isOrder whether a purchase is an order, or a payment good
 * @param repeats whether it uses the key of the request before, if that had no answer
 */
record TestRequest(
    int client,
    Kind kind,
    long begin,
    long effect,
    long end,
    String stock,
    int quantity,
    boolean lost,
    boolean isOrder,
    boolean repeats) {

  /** Returns the same request for what another one asks for. */
  TestRequest withGoodsOf(TestRequest other) {
    return new TestRequest(
        client,
        kind,
        begin,
        effect,
        end,
        other.stock(),
        other.quantity(),
        lost,
        other.isOrder(),
        repeats);
  }
}
