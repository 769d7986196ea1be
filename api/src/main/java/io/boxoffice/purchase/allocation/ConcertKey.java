package io.boxoffice.purchase.allocation;

import java.util.UUID;

/** Holds an idempotency key with its scope: the same key at another concert is another one. */
public record ConcertKey(UUID concertId, String key) {}
