package io.boxoffice.partners.payment.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * What the shop must learn about a charge.
 *
 * @param id the same for every attempt and duplicate, so that a receiver can recognise them
 * @param createdAt when the charge or the refund was made
 * @param charge as it was then
 */
public record Callback(String type, UUID id, Instant createdAt, Charge charge) {
  /** What the shop must learn about a new charge. */
  public static Callback charged(Charge charge) {
    return new Callback(
        charge.status() == Charge.Status.SUCCEEDED ? "charge.succeeded" : "charge.declined",
        charge.id(),
        charge.createdAt(),
        charge);
  }

  /** What the shop must learn about a refund; the charge has it. */
  public static Callback refunded(Charge charge) {
    return new Callback(
        "charge.refunded", charge.refund().id(), charge.refund().createdAt(), charge);
  }
}
