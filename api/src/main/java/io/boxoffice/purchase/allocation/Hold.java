package io.boxoffice.purchase.allocation;

import io.boxoffice.concert.Price;
import java.time.Instant;
import java.util.UUID;

/**
 * Represents tickets that an order holds. They are not for sale until the order is paid for or ends
 * in another way.
 *
 * @param id the id of the order
 * @param total the price of all tickets together
 * @param expiresAt when they are for sale again, unless the order is being paid for
 * @param accountId the account that the order belongs to; null if its id alone gives access
 */
public record Hold(
    UUID id,
    UUID concertId,
    UUID ticketTypeId,
    String email,
    int quantity,
    Price total,
    Instant createdAt,
    Instant expiresAt,
    UUID accountId) {}
