package io.boxoffice.gate.store;

import java.time.Instant;

/**
 * Counts the scans of a concert in one minute.
 *
 * @param minute its beginning
 * @param admitted entries
 * @param left exits
 * @param refused scans that were refused
 */
public record MinuteCount(Instant minute, long admitted, long left, long refused) {}
