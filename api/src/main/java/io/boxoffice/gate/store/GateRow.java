package io.boxoffice.gate.store;

import java.time.Instant;
import java.util.UUID;

/**
 * Holds a gate and how far it is.
 *
 * @param series the greatest one; null before the first scan
 * @param sequence the last sequence of that series that is applied; 0 for none
 * @param parked how many scans of all its series wait for an earlier one
 */
public record GateRow(
    String name, UUID concertId, Instant changedAt, Long series, long sequence, long parked) {}
