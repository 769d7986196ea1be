package io.boxoffice.simulation.rule;

import java.time.Duration;

/**
 * Holds what an operator requests: a setting, for how long, and why.
 *
 * @param setting the new setting
 * @param expiresIn the time after which the previous setting comes back; null for never
 * @param reason the reason for the change; may be null
 */
public record SettingRequest(Setting setting, Duration expiresIn, String reason) {}
