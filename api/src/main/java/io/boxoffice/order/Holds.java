package io.boxoffice.order;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Takes tickets from the stock for a limited time, so that orders need not know the sales desk. */
@FunctionalInterface
public interface Holds {

  /**
   * Holds one request for an order.
   *
   * @param ticketTypeId null when the request names no ticket type
   * @param key the idempotency key; null when the request has none
   * @param arrivedAt when the service began to process the request
   * @param accountId the account of the caller; null without a session
   * @param length how long the tickets are held
   */
  record Request(
      UUID concertId,
      UUID ticketTypeId,
      String email,
      int quantity,
      String key,
      Instant arrivedAt,
      UUID accountId,
      Duration length) {}

  /**
   * Holds the result.
   *
   * @param order the order as it was written, HELD; it may have changed if it is repeated
   * @param repeated whether the request repeats an earlier one under the same key
   */
  record Held(Order order, boolean repeated) {}

  /**
   * Takes tickets and writes the order.
   *
   * @return completes when the order is committed; completes exceptionally with a {@link
   *     io.boxoffice.platform.error.ProblemException} when it is not possible
   */
  CompletionStage<Held> hold(Request request);
}
