package io.boxoffice.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * The setting that is followed, as it can be changed and sent back.
 *
 * @param version grows by one with every change; the ETag
 * @param changedBy null while nobody has set anything
 * @param expiresAt when what held before holds again; null for never
 * @param phase the number of the scenario's phase, from 1; 0 where there is no scenario
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
    @Schema(example = "WarmUp of the spring on-sale") String reason,
    @Schema(accessMode = Schema.AccessMode.READ_ONLY) Instant expiresAt,
    @Schema(accessMode = Schema.AccessMode.READ_ONLY) int phase,
    @JsonUnwrapped Setting setting) {

  /** The fields that a client may send back and nobody reads. */
  static final String[] READ_ONLY = {"version", "changedAt", "changedBy", "expiresAt", "phase"};

  static SettingView of(StoredSetting stored, Instant now) {
    Setting setting = stored.at(now);
    return new SettingView(
        stored.version(),
        stored.since(now),
        stored.changedBy(),
        stored.reason(),
        stored.isExpired(now) ? null : stored.expiresAt(),
        stored.position(setting.active(), now).phase(),
        setting);
  }
}
