package io.boxoffice.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * A page of what was changed, the newest first.
 *
 * @param items at most as many as the limit asked for
 * @param next what to send as {@code before} for the next page; null on the last one
 */
@Schema(
    name = "SimulationHistory",
    requiredProperties = {"items", "next"})
public record History(
    List<Item> items,
    @Schema(
            types = {"integer", "null"},
            description = "Send as `before` for the next page")
        Long next) {

  /**
   * One change.
   *
   * @param by who made it
   * @param reason why; may be null
   * @param expiresAt when it was to end; null for never
   * @param changes what became different
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(
      name = "SimulationChange",
      requiredProperties = {"version", "at", "by", "changes"})
  public record Item(
      long version,
      Instant at,
      String by,
      String reason,
      Instant expiresAt,
      List<SettingDiff.FieldChange> changes) {}
}
