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

/**
 * Holds the body of an operator's request to create a concert, with the limits that it must keep.
 *
 * @param startsAt a time in the future
 * @param salesOpenAt the current time if missing
 * @param salesCloseAt the start of the concert if missing
 * @param maxPerPurchase how many tickets one purchase may hold; 10 if missing
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
   * Holds a new ticket type: tickets of one name and price.
   *
   * @param name unique within the concert, in upper or lower case
   * @param capacity 1 to 1,000,000 tickets
   */
  @Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
  public record NewTicketType(
      @NotNull @Size(min = 1, max = 100) @PlainText @Schema(example = "Standing") String name,
      @NotNull @Valid Price price,
      @NotNull @Min(1) @Max(1_000_000) @Schema(example = "500") Integer capacity) {}
}
