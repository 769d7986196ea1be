package io.boxoffice.order.store;

import io.boxoffice.order.state.OrderState;
import java.time.Instant;
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
    int attempts) {}
