package io.boxoffice.simulation.setting;

import java.time.Instant;

/** Maps a row of {@code simulation_changes}. {@code changes} is a JSON text. */
public record ChangeRow(
    long version,
    Instant changedAt,
    String changedBy,
    String reason,
    Instant expiresAt,
    String changes) {}
