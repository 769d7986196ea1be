package io.boxoffice.order.payment;

import io.boxoffice.platform.tracing.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Gives each charge and refund that belongs to a trace a span. */
final class TracedPaymentPartner implements PaymentPartner {
  private final PaymentPartner partner;
  private final Tracing tracing;

  private TracedPaymentPartner(PaymentPartner partner, Tracing tracing) {
    this.partner = partner;
    this.tracing = tracing;
  }

  /** Returns the partner itself if no spans are recorded. */
  static PaymentPartner of(PaymentPartner partner, Tracing tracing) {
    return tracing.isOn() ? new TracedPaymentPartner(partner, tracing) : partner;
  }

  @Override
  public CompletionStage<Charge> charge(ChargeRequest request) {
    return tracing.follow("payment.charge", SpanKind.CLIENT, () -> partner.charge(request));
  }

  @Override
  public CompletionStage<Refund> refund(UUID orderId, String chargeId) {
    return tracing.follow(
        "payment.refund", SpanKind.CLIENT, () -> partner.refund(orderId, chargeId));
  }

  @Override
  public CompletionStage<PartnerLedger.Page> ledger(PartnerLedger.Query query) {
    return partner.ledger(query);
  }

  @Override
  public boolean isConfigured() {
    return partner.isConfigured();
  }
}
