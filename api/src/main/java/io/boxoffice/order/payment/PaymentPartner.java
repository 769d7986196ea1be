package io.boxoffice.order.payment;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Represents the partner that moves the money of orders. No call holds a thread while the partner
 * works. Each call can be repeated: the partner answers a repetition with the first result.
 *
 * <p>The returned stages complete on one of few threads that serve all calls. What continues a
 * stage and may wait, such as a transaction, needs an executor of its own. A failure that a method
 * does not name, such as one while the service stops, leaves open what the partner did.
 */
public interface PaymentPartner {

  /**
   * Charges an order, once in all, however often it is called.
   *
   * @return the charge, or a failure: {@link PaymentUnavailableException} if the partner certainly
   *     did not receive the call, {@link PaymentUnknownException} if it may have charged, and
   *     {@link io.boxoffice.platform.error.ProblemException} (422, field {@code token}) if it does
   *     not know the token
   */
  CompletionStage<Charge> charge(ChargeRequest request);

  /**
   * Returns the whole amount of a charge, once in all, however often it is called.
   *
   * @param chargeId the id that the partner gave the charge
   * @return the refund, or a failure: {@link PaymentUnavailableException} or {@link
   *     PaymentUnknownException} as for a charge
   */
  CompletionStage<Refund> refund(UUID orderId, String chargeId);

  /**
   * Reads a page of the partner's ledger, which changes nothing.
   *
   * @return the page, or a failure: {@link PartnerLedger.MissingException} if the partner has no
   *     ledger, and {@link PaymentUnavailableException} or {@link PaymentUnknownException} if the
   *     page could not be read
   */
  default CompletionStage<PartnerLedger.Page> ledger(PartnerLedger.Query query) {
    return CompletableFuture.failedFuture(new PartnerLedger.MissingException());
  }

  /** Whether the shop has a partner. Without one, every call fails as unavailable. */
  boolean isConfigured();
}
