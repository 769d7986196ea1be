package io.boxoffice.simulation;

import java.time.Instant;

/** The row of {@code simulation_settings}; its documents are JSON texts, null for the default. */
public record SettingRow(
    long version,
    String setting,
    Instant changedAt,
    String changedBy,
    String reason,
    Instant expiresAt,
    String fallback) {}
