package io.boxoffice.partners.payment.ledger;

import java.time.Instant;
import java.util.UUID;

/** Gives the whole amount of a charge back. A charge has one at most. */
public record Refund(UUID id, Instant createdAt) {}
