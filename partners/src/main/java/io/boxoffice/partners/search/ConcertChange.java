package io.boxoffice.partners.search;

import java.time.Instant;
import java.util.UUID;

/**
 * The last change of a concert that the partner has applied: a line of its ledger.
 *
 * @param version orders the changes of a concert; 0 or more
 * @param key the Idempotency-Key of the request, or the id of the event
 * @param concert null if the concert was deleted
 */
public record ConcertChange(
    UUID concertId, long version, String key, ConcertText concert, Instant changedAt) {}
