package io.boxoffice.simulation;

import java.time.Duration;
import java.time.Instant;

/**
 * A setting as the database has it.
 *
 * @param version grows by one with every change; 0 before the first
 * @param setting what is in force
 * @param changedAt since when
 * @param changedBy who changed it; null for version 0
 * @param reason why; may be null
 * @param expiresAt when {@code fallback} takes its place; null for never
 * @param fallback null where {@code expiresAt} is
 */
record StoredSetting(
    long version,
    Setting setting,
    Instant changedAt,
    String changedBy,
    String reason,
    Instant expiresAt,
    Setting fallback) {

  boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /** What is followed at a time. */
  Setting at(Instant now) {
    return isExpired(now) ? fallback : setting;
  }

  /** Since when that is followed. */
  Instant since(Instant now) {
    return isExpired(now) ? expiresAt : changedAt;
  }

  /** Where the scenario of a profile is, which begins with what is followed. */
  Scenario.Position position(Profile profile, Instant now) {
    return profile.scenario() == null
        ? Scenario.Position.NONE
        : profile.scenario().at(Duration.between(since(now), now));
  }
}
