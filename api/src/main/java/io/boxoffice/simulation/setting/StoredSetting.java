package io.boxoffice.simulation.setting;

import io.boxoffice.simulation.rule.Profile;
import io.boxoffice.simulation.rule.Scenario;
import io.boxoffice.simulation.rule.Setting;
import java.time.Duration;
import java.time.Instant;

/**
 * Adds to a setting what the database stores with it: version, author and expiry.
 *
 * @param version increases by one with every change; 0 before the first change
 * @param setting the setting in force until {@code expiresAt}
 * @param changedAt the time of the change
 * @param changedBy the author of the change; null for version 0
 * @param reason the reason for the change; may be null
 * @param expiresAt the time from which {@code fallback} is in force; null for never
 * @param fallback the setting after the expiry; null when {@code expiresAt} is null
 */
public record StoredSetting(
    long version,
    Setting setting,
    Instant changedAt,
    String changedBy,
    String reason,
    Instant expiresAt,
    Setting fallback) {

  /** Returns whether the fallback is in force at the given time. */
  public boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /** Returns the setting in force at the given time. */
  public Setting at(Instant now) {
    return isExpired(now) ? fallback : setting;
  }

  /** Returns the time since which that setting is in force. */
  public Instant since(Instant now) {
    return isExpired(now) ? expiresAt : changedAt;
  }

  /**
   * Returns the position in a profile's scenario, which starts when the setting comes into force.
   */
  public Scenario.Position position(Profile profile, Instant now) {
    return profile.scenario() == null
        ? Scenario.Position.NONE
        : profile.scenario().at(Duration.between(since(now), now));
  }
}
