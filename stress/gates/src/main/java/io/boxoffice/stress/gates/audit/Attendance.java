package io.boxoffice.stress.gates.audit;

import java.util.Map;

/**
 * The shop's counts of a concert.
 *
 * @param inside how many persons are inside
 * @param gates the counts of each gate with scans, by its name
 */
public record Attendance(long inside, Counts total, Map<String, Counts> gates) {}
