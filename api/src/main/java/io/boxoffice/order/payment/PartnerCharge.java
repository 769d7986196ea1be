package io.boxoffice.order.payment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A charge as the partner writes it. The service reads only what it uses: a member that the partner
 * adds one day must not stop payments.
 *
 * @param reference the id of the order
 * @param amount in minor units of the currency
 * @param status {@code SUCCEEDED} or {@code DECLINED}
 * @param declineReason absent if the charge succeeded
 * @param refund absent if the money was not returned
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(requiredProperties = {"id", "reference", "amount", "currency", "status"})
public record PartnerCharge(
    String id,
    UUID reference,
    Long amount,
    String currency,
    @Schema(allowableValues = {"SUCCEEDED", "DECLINED"}) String status,
    String declineReason,
    PartnerRefund refund) {

  /** What the database stores, and what a path can contain without encoding. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  private static final Pattern REASON = Pattern.compile("[a-z0-9-]{1,100}");

  /**
   * Returns the charge.
   *
   * @throws IllegalArgumentException if it has another form; the message begins with the member
   */
  public Charge toCharge() {
    requireId(id, "id");
    require(reference != null, "reference is missing");
    require(amount != null && amount >= 0, "amount is missing or negative");
    require(currency != null, "currency is missing");
    require(
        "SUCCEEDED".equals(status) || "DECLINED".equals(status),
        "status is neither SUCCEEDED nor DECLINED");
    Charge.Status known = Charge.Status.valueOf(status);
    boolean declined = known == Charge.Status.DECLINED;
    require(
        !declined || declineReason == null || REASON.matcher(declineReason).matches(),
        "declineReason has another form than card-declined");
    require(!declined || refund == null, "refund belongs to a charge that was declined");
    return new Charge(id, reference, known, declined ? declineReason : null, refund != null);
  }

  /** Whether the charge is the one that was asked for. */
  boolean answers(ChargeRequest request) {
    return request.orderId().equals(reference)
        && request.amount() == amount
        && request.currency().equals(currency);
  }

  static void requireId(String id, String member) {
    require(
        id != null && ID.matcher(id).matches(),
        member + " is not 1 to 100 letters, digits, '-' and '_'");
  }

  private static void require(boolean valid, String otherwise) {
    if (!valid) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
