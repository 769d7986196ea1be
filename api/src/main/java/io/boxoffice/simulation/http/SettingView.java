package io.boxoffice.simulation.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.boxoffice.simulation.rule.Setting;
import io.boxoffice.simulation.setting.StoredSetting;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * Shows the setting in force in a form that an operator can edit and send back.
 *
 * @param version increases by one with every change
 * @param changedBy the author of the last change; null before the first change
 * @param expiresAt when the previous setting comes back into force; null for never
 * @param stage the number of the scenario's stage, from 1; 0 when the profile has no scenario
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
    name = "Simulation",
    requiredProperties = {
      "version",
      "changedAt",
      "phase",
      "limits",
      "activeProfile",
      "allowProfileHeader",
      "profiles"
    })
public record SettingView(
    @Schema(accessMode = Schema.AccessMode.READ_ONLY) long version,
    @Schema(accessMode = Schema.AccessMode.READ_ONLY) Instant changedAt,
    @Schema(accessMode = Schema.AccessMode.READ_ONLY) String changedBy,
    @Schema(example = "Rehearsal of the spring on-sale") String reason,
    @Schema(accessMode = Schema.AccessMode.READ_ONLY) Instant expiresAt,
    @JsonProperty("phase") @Schema(accessMode = Schema.AccessMode.READ_ONLY) int stage,
    @JsonUnwrapped Setting setting) {

  private static final String[] READ_ONLY = {
    "version", "changedAt", "changedBy", "expiresAt", "phase"
  };

  /** Returns the fields that a client may send back and the parser ignores. */
  public static String[] readOnly() {
    return READ_ONLY.clone();
  }

  /** Shows a setting as it is at the given time. */
  public static SettingView of(StoredSetting stored, Instant now) {
    Setting setting = stored.at(now);
    return new SettingView(
        stored.version(),
        stored.since(now),
        stored.changedBy(),
        stored.reason(),
        stored.isExpired(now) ? null : stored.expiresAt(),
        stored.position(setting.active(), now).stage(),
        setting);
  }
}
