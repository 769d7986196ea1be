package io.boxoffice.concert;

import io.boxoffice.platform.http.strict.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Holds the body of an operator's request to change a concert. A field that is missing or null
 * changes nothing.
 */
@Schema(
    description = "What is left out, or null, stays as it is",
    additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record ConcertChange(
    @Size(min = 1, max = 200) @PlainText @Schema(types = {"string", "null"}) String title,
    @Size(min = 1, max = 200) @PlainText @Schema(types = {"string", "null"}) String artist,
    @Size(min = 1, max = 200) @PlainText @Schema(types = {"string", "null"}) String venue,
    @Schema(types = {"string", "null"}) Instant startsAt,
    @Schema(types = {"string", "null"}) Instant salesOpenAt,
    @Schema(types = {"string", "null"}) Instant salesCloseAt,
    @Min(1) @Max(100) @Schema(types = {"integer", "null"}) Integer maxPerPurchase,
    @Size(max = 50) @Schema(types = {"array", "null"})
        List<@NotNull @Valid CapacityChange> ticketTypes) {

  /**
   * Holds the new capacity of one ticket type.
   *
   * @param capacity at least the number of tickets that are sold
   */
  @Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
  public record CapacityChange(
      @NotNull UUID id, @NotNull @Min(1) @Max(1_000_000) Integer capacity) {}

  List<CapacityChange> capacities() {
    return ticketTypes == null ? List.of() : ticketTypes;
  }
}
