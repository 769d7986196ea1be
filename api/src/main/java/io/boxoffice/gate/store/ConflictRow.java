package io.boxoffice.gate.store;

import java.time.Instant;
import java.util.UUID;

/**
 * Holds a scan that let a person in that the shop refuses, and the scan before it.
 *
 * @param ticketId null if the scan names no ticket
 * @param reason why the shop refuses
 * @param scannedAt by the device's clock, or null
 * @param judgedAt the same by the shop's clock
 * @param otherScan the last entry or exit of the ticket before; null, as the next two, for none
 */
public record ConflictRow(
    UUID id,
    Instant notedAt,
    UUID concertId,
    UUID ticketId,
    String reason,
    UUID scanId,
    String gate,
    long series,
    long sequence,
    Instant scannedAt,
    Instant judgedAt,
    UUID otherScan,
    String otherGate,
    Instant otherAt) {}
