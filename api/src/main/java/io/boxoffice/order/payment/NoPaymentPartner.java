package io.boxoffice.order.payment;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Stands for the partner of a shop without {@code PAYMENT_URL}: no order can be paid. */
public final class NoPaymentPartner implements PaymentPartner {
  @Override
  public CompletionStage<Charge> charge(ChargeRequest request) {
    return unavailable();
  }

  @Override
  public CompletionStage<Refund> refund(UUID orderId, String chargeId) {
    return unavailable();
  }

  @Override
  public boolean isConfigured() {
    return false;
  }

  private static <T> CompletionStage<T> unavailable() {
    return CompletableFuture.failedFuture(
        new PaymentUnavailableException("The shop has no payment partner."));
  }
}
