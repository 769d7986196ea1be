package io.boxoffice.lab.load;

import io.boxoffice.lab.load.Sale.Stock;
import io.boxoffice.stress.check.history.Operation;
import io.boxoffice.stress.check.history.Operation.Kind;
import io.boxoffice.stress.check.history.Operation.Outcome;
import java.util.UUID;

/**
 * What a buyer wants, in every attempt.
 *
 * @param key the Idempotency-Key
 * @param isOrder whether tickets are held for a payment; otherwise they are bought at once
 */
record Wish(String key, Stock stock, int quantity, boolean isOrder) {
  private static final int KINDS = 5;
  private static final int MOST_TICKETS = 3;

  /** The wish of a number: of five, three purchases, an order and a purchase of the scarce type. */
  static Wish of(int index, Sale sale) {
    return new Wish(
        UUID.randomUUID().toString(),
        index % KINDS == 1 ? sale.scarce() : sale.large(),
        1 + index % MOST_TICKETS,
        index % KINDS == 3);
  }

  String path(String concert) {
    return "/v1/concerts/%s/%s".formatted(concert, isOrder ? "orders" : "purchases");
  }

  String body() {
    return "{\"email\": \"buyer@example.com\", \"quantity\": %d, \"ticketTypeId\": \"%s\"}"
        .formatted(quantity, stock.id());
  }

  /** An attempt for the history. */
  Operation operation(int attempt, Attempts.Answer answer, long invoked, long ended) {
    return new Operation(
        key + "/" + attempt,
        Kind.BUY,
        answer.outcome(),
        stock.id(),
        quantity,
        key,
        answer.purchase(),
        invoked,
        answer.outcome() == Outcome.UNKNOWN ? Operation.NEVER : ended,
        0,
        0);
  }
}
