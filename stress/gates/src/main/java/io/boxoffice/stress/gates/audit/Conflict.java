package io.boxoffice.stress.gates.audit;

import java.util.UUID;

/**
 * A conflict in the shop's list.
 *
 * @param ticketId null if the shop names none
 * @param scan the offline scan
 * @param other the scan that it contradicts, or null
 */
public record Conflict(UUID ticketId, String reason, UUID scan, UUID other) {}
