package io.boxoffice.order;

import io.boxoffice.platform.http.strict.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Holds what a buyer pays with.
 *
 * @param token the payment partner's token for the buyer's card
 */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record NewPayment(
    @NotNull @Size(min = 1, max = 100) @PlainText @Schema(example = "tok_ok") String token) {

  /** Hides the token, so that no log can contain it. */
  @Override
  public String toString() {
    return "NewPayment";
  }
}
