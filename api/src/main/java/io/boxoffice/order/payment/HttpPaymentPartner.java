package io.boxoffice.order.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.order.payment.PaymentMetrics.Call;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Calls the partner over HTTP. The id of the order is the key of its charge ({@code
 * Idempotency-Key}), so a repeated call charges nothing more.
 */
final class HttpPaymentPartner implements PaymentPartner {
  private final URI base;
  private final String token;
  private final ObjectMapper json;
  private final PartnerCalls calls;
  private final PartnerAnswers answers;

  /**
   * Calls the partner that the settings name.
   *
   * @param json a strict mapper
   */
  HttpPaymentPartner(PaymentSettings settings, ObjectMapper json, PartnerCalls calls) {
    this.base = settings.base();
    this.token = settings.token();
    this.json = json;
    this.calls = calls;
    this.answers = new PartnerAnswers(json);
  }

  /** The body of a charge. */
  private record NewCharge(long amount, String currency, String token, UUID reference) {}

  @Override
  public CompletionStage<Charge> charge(ChargeRequest request) {
    return calls.send(
        Call.CHARGE,
        "charge of order " + request.orderId(),
        post(
                base.resolve("charges"),
                request.orderId().toString(),
                BodyPublishers.ofByteArray(bodyOf(request)))
            .header("Content-Type", "application/json")
            .build(),
        (status, body) -> answers.charge(request, status, body));
  }

  @Override
  public CompletionStage<Refund> refund(UUID orderId, String chargeId) {
    PartnerCharge.requireId(chargeId, "chargeId");
    return calls.send(
        Call.REFUND,
        "refund of order " + orderId,
        post(
                base.resolve("charges/" + chargeId + "/refunds"),
                orderId + "-refund",
                BodyPublishers.noBody())
            .build(),
        (status, body) -> answers.refund(chargeId, status, body));
  }

  @Override
  public boolean isConfigured() {
    return true;
  }

  private HttpRequest.Builder post(URI address, String key, HttpRequest.BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .POST(body)
            .header("Accept", "application/json")
            .header("Idempotency-Key", key);
    return token.isBlank() ? request : request.header("Authorization", "Bearer " + token);
  }

  private byte[] bodyOf(ChargeRequest request) {
    try {
      return json.writeValueAsBytes(
          new NewCharge(request.amount(), request.currency(), request.token(), request.orderId()));
    } catch (JsonProcessingException impossible) {
      // Without the cause, whose message may contain the token.
      throw new IllegalStateException("A charge could not be written as JSON.");
    }
  }
}
