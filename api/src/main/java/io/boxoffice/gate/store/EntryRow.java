package io.boxoffice.gate.store;

import java.time.Instant;

/**
 * Holds when a concert starts, and its entry window.
 *
 * @param opensAt null, as {@code closesAt}, without a window of its own
 */
public record EntryRow(Instant startsAt, Instant opensAt, Instant closesAt, boolean reEntry) {}
