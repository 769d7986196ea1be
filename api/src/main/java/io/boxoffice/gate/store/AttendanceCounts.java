package io.boxoffice.gate.store;

import java.util.List;

/**
 * Counts the scans of a concert.
 *
 * @param gates in the order of their names
 * @param minutes the newest first
 */
public record AttendanceCounts(List<GateCount> gates, List<MinuteCount> minutes) {}
