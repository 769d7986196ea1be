package io.boxoffice.simulation.setting;

import java.time.Instant;

/**
 * Maps the row of {@code simulation_settings}. Its documents are JSON texts; null means the initial
 * setting.
 */
public record SettingRow(
    long version,
    String setting,
    Instant changedAt,
    String changedBy,
    String reason,
    Instant expiresAt,
    String fallback) {}
