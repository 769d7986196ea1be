package io.boxoffice.concert;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * Represents money in whole minor units, so that sums are exact.
 *
 * @param amount minor units (cents, yen), 0 to 1,000,000,000 for one ticket
 * @param currency the ISO 4217 code, such as EUR
 */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record Price(
    @NotNull
        @Min(0)
        @Max(1_000_000_000)
        @Schema(example = "4500", description = "In the currency's minor unit")
        Long amount,
    @NotNull @CurrencyCode @Schema(example = "EUR", description = "ISO 4217") String currency) {

  /** Returns the price of several tickets. */
  public Price times(int quantity) {
    return new Price(Math.multiplyExact(amount, quantity), currency);
  }
}
