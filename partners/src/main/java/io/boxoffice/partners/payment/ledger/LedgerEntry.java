package io.boxoffice.partners.payment.ledger;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.UUID;

/** One line of the ledger. Lines are added, never changed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LedgerEntry.Charged.class, name = "charged"),
  @JsonSubTypes.Type(value = LedgerEntry.Refunded.class, name = "refunded"),
  @JsonSubTypes.Type(value = LedgerEntry.Delivered.class, name = "delivered")
})
public sealed interface LedgerEntry {
  /** A charge, with the key and the body of its request. */
  record Charged(String key, NewCharge request, Charge charge) implements LedgerEntry {}

  /** A refund of a charge. */
  record Refunded(String key, UUID chargeId, Refund refund) implements LedgerEntry {}

  /**
   * The shop has received a callback.
   *
   * @param callbackId the id of the charge or the refund that the callback was about
   */
  record Delivered(UUID callbackId) implements LedgerEntry {}
}
