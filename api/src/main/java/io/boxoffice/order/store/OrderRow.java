package io.boxoffice.order.store;

import io.boxoffice.order.state.Effect;
import io.boxoffice.order.state.OrderState;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Holds an order as the database returns it, with its payment.
 *
 * @param amount the total in minor units
 * @param due whether the time to pay is over by the database's clock
 * @param sold whether there is a purchase with the same id
 * @param concertCancelled whether the concert is cancelled
 * @param tokenHash the hash of the payment's token; null without a payment, as the next three
 * @param attempts how often the partner was asked, or 0
 */
public record OrderRow(
    UUID concertId,
    UUID id,
    UUID ticketTypeId,
    String email,
    int quantity,
    long amount,
    String currency,
    OrderState state,
    UUID accountId,
    Instant createdAt,
    Instant expiresAt,
    Instant changedAt,
    boolean due,
    boolean sold,
    boolean concertCancelled,
    String tokenHash,
    String declineReason,
    int attempts) {

  /** Returns this order in another state. */
  OrderRow moved(OrderState to, Instant at) {
    return copy(to, at, sold, declineReason);
  }

  /** Returns this order with what the effects of an event changed, as its buyer sees it. */
  OrderRow with(Set<Effect> effects, Happening happening) {
    boolean declined = effects.contains(Effect.NOTE_DECLINE);
    return copy(
        state,
        changedAt,
        sold || effects.contains(Effect.SELL),
        declined ? happening.declineReason() : declineReason);
  }

  private OrderRow copy(
      OrderState newState, Instant newChangedAt, boolean newSold, String newDeclineReason) {
    return new OrderRow(
        concertId,
        id,
        ticketTypeId,
        email,
        quantity,
        amount,
        currency,
        newState,
        accountId,
        createdAt,
        expiresAt,
        newChangedAt,
        due,
        newSold,
        concertCancelled,
        tokenHash,
        newDeclineReason,
        attempts);
  }
}
