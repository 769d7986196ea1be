package io.boxoffice.event.transport;

import io.boxoffice.event.model.Event;
import java.time.Instant;
import java.util.UUID;

/**
 * Holds a delivery that failed for good.
 *
 * @param id of this dead letter (UUID version 7)
 * @param consumer the consumer that failed
 * @param failure what its last failure says, 500 characters at most; empty if that is not known
 * @param deliveries how often it was tried
 * @param failedAt when it failed last
 */
public record DeadLetter(
    UUID id, String consumer, Event event, String failure, int deliveries, Instant failedAt) {}
