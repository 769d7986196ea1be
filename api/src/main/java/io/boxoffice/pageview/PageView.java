package io.boxoffice.pageview;

import java.time.Instant;
import java.util.UUID;

/**
 * Holds one view of a concert's page.
 *
 * @param viewedAt when the service received it, in microseconds
 */
record PageView(UUID concertId, Instant viewedAt) {}
