package io.boxoffice.gate.store;

/**
 * Counts the scans of a concert at one gate.
 *
 * @param admitted entries
 * @param left exits
 * @param refused scans that were refused
 */
public record GateCount(String gate, long admitted, long left, long refused) {}
