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
    @Schema(example = "Rehearsal of the spring on-sale") String reason,
    @Schema(accessMode = Schema.AccessMode.READ_ONLY) Instant expiresAt,
    @Schema(accessMode = Schema.AccessMode.READ_ONLY) int phase,
    @JsonUnwrapped Setting setting) {

  /** The fields that a client may send back and nobody reads. */
  static final String[] READ_ONLY = {"version", "changedAt", "changedBy", "expiresAt", "phase"};

  static SettingView of(LiveSimulation simulation) {
    StoredSetting stored = simulation.stored();
    boolean expired = simulation.isExpired();
    return new SettingView(
        stored.version(),
        expired ? stored.expiresAt() : stored.changedAt(),
        stored.changedBy(),
        stored.reason(),
        expired ? null : stored.expiresAt(),
        simulation.position().phase(),
        simulation.setting());
  }
}
