package io.boxoffice.simulation.setting;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * Returns one page of the changes of the setting, newest first.
 *
 * @param items the changes, at most as many as the request's limit
 * @param next the value of {@code before} for the next page; null on the last page
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
   * @param by the author
   * @param reason the reason for the change; may be null
   * @param expiresAt when the new setting expires; null for never
   * @param changes the fields that changed
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
      List<FieldChange> changes) {}

  /**
   * One field that changed.
   *
   * @param path the path of the field
   * @param before the old value; null when the field is new
   * @param after the new value; null when the field is removed
   */
  @Schema(
      name = "SettingFieldChange",
      requiredProperties = {"path", "before", "after"})
  public record FieldChange(
      @Schema(example = "activeProfile") String path,
      @Schema(
              types = {"string", "number", "boolean", "object", "array", "null"},
              implementation = Object.class)
          JsonNode before,
      @Schema(
              types = {"string", "number", "boolean", "object", "array", "null"},
              implementation = Object.class)
          JsonNode after) {}
}
