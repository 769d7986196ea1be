package io.boxoffice.partners.analytics;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that has happened in the shop.
 *
 * @param id the same for each repetition
 * @param quantity how many tickets, views or changes
 * @param at when it happened
 */
public record Event(
    @NotNull UUID id,
    @NotNull Type type,
    @NotNull UUID concertId,
    @NotNull @Min(1) @Max(10_000) Integer quantity,
    @NotNull Instant at) {

  /** What is counted. */
  public enum Type {
    /** Tickets were sold. */
    @JsonProperty("sale")
    SALE,
    /** Tickets were given back. */
    @JsonProperty("cancellation")
    CANCELLATION,
    /** The page of a concert was shown. */
    @JsonProperty("page-view")
    PAGE_VIEW,
    /** An operator changed a concert. */
    @JsonProperty("concert-change")
    CONCERT_CHANGE
  }
}
