package io.boxoffice.order.payment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A refund as the partner writes it. The service reads only what it uses: a member that the partner
 * adds one day must not stop payments.
 *
 * @param chargeId absent inside a charge
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(requiredProperties = {"id"})
public record PartnerRefund(String id, String chargeId) {

  /**
   * Returns the refund of the given charge.
   *
   * @throws IllegalArgumentException if it has another form, or belongs to another charge
   */
  Refund of(String expectedChargeId) {
    PartnerCharge.requireId(id, "id");
    if (!expectedChargeId.equals(chargeId)) {
      throw new IllegalArgumentException("chargeId is not the charge that was asked for");
    }
    return new Refund(id, chargeId);
  }
}
