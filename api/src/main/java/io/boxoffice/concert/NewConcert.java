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

/**
 * What an operator sends to put a concert on sale.
 *
 * @param startsAt in the future
 * @param salesOpenAt now when left out
 * @param salesCloseAt when the concert starts, when left out
 * @param maxPerPurchase the most tickets in one purchase; 10 when left out
 */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record NewConcert(
    @NotNull @Size(min = 1, max = 200) @PlainText @Schema(example = "Autumn Tour") String title,
    @NotNull @Size(min = 1, max = 200) @PlainText @Schema(example = "The Reading Lamps")
        String artist,
    @NotNull @Size(min = 1, max = 200) @PlainText @Schema(example = "Halle 7, Leipzig")
        String venue,
    @NotNull @Schema(example = "2030-06-01T19:00:00Z") Instant startsAt,
    @Schema(
            types = {"string", "null"},
            description = "Now when left out")
        Instant salesOpenAt,
    @Schema(
            types = {"string", "null"},
            description = "When the concert starts, when left out")
        Instant salesCloseAt,
    @Min(1)
        @Max(100)
        @Schema(
            types = {"integer", "null"},
            description = "10 when left out",
            example = "10")
        Integer maxPerPurchase,
    @NotNull @Size(min = 1, max = 50) List<@NotNull @Valid NewTicketType> ticketTypes) {

  /**
   * A block of tickets of one price.
   *
   * @param name unique within the concert, whatever its case
   * @param capacity 1 to 1,000,000 tickets
   */
  @Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
  public record NewTicketType(
      @NotNull @Size(min = 1, max = 100) @PlainText @Schema(example = "Standing") String name,
      @NotNull @Valid Price price,
      @NotNull @Min(1) @Max(1_000_000) @Schema(example = "500") Integer capacity) {}
}
