package io.boxoffice.gate.state;

import java.time.Instant;
import java.util.UUID;

/**
 * Represents one reading of a ticket at a gate.
 *
 * @param scanId the device's id for it; a repetition has the same one
 * @param sequence the position in the series, 1 or more
 * @param ticketId null if the scan names no ticket that could exist
 * @param fault why the scan is refused whatever the ticket is, or null
 * @param scannedAt the device's time, or null
 * @param judgedAt the time that the entry window is compared with
 */
public record Scan(
    UUID scanId,
    Series series,
    long sequence,
    UUID ticketId,
    Reason fault,
    Direction direction,
    DeviceMode mode,
    Instant scannedAt,
    Instant judgedAt) {}
