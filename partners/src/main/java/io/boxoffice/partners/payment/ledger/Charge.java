package io.boxoffice.partners.payment.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;

/**
 * A charge that the partner has decided; it changes only by its refund.
 *
 * @param amount in minor units of the currency
 * @param declineReason null unless it was declined
 * @param refund null unless it was refunded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Charge(
    UUID id,
    UUID reference,
    long amount,
    String currency,
    Status status,
    String declineReason,
    Refund refund,
    Instant createdAt) {

  /** Whether money was taken. */
  public enum Status {
    SUCCEEDED,
    DECLINED
  }

  /** Returns this charge with its refund. */
  Charge refundedBy(Refund given) {
    return new Charge(id, reference, amount, currency, status, declineReason, given, createdAt);
  }
}
