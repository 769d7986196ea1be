package io.boxoffice.concert;

import io.boxoffice.platform.http.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What an operator sends to change a concert; what is left out, or null, stays as it is. */
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
   * A new size of one ticket type.
   *
   * @param capacity not below what is sold
   */
  @Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
  public record CapacityChange(
      @NotNull UUID id, @NotNull @Min(1) @Max(1_000_000) Integer capacity) {}

  List<CapacityChange> capacities() {
    return ticketTypes == null ? List.of() : ticketTypes;
  }
}
