package io.boxoffice.account.address;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Holds the code of the mail to the new address. */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record AddressConfirmation(@NotNull @Size(min = 1, max = 100) String code) {

  /** Hides the code, so that no log can contain it. */
  @Override
  public String toString() {
    return "AddressConfirmation";
  }
}
