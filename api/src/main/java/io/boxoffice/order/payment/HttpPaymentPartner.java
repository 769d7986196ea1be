package io.boxoffice.order.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.order.payment.PaymentMetrics.Call;
import io.boxoffice.platform.http.RequestIdFilter;
import io.boxoffice.platform.logging.LogContext;
import io.boxoffice.platform.tracing.Traceparent;
import io.boxoffice.platform.tracing.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
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
  private final Tracing tracing;

  /**
   * Calls the partner that the settings name.
   *
   * @param json a strict mapper
   * @param tracing gives each charge and refund that belongs to a trace a span
   */
  HttpPaymentPartner(
      PaymentSettings settings, ObjectMapper json, PartnerCalls calls, Tracing tracing) {
    this.base = settings.base();
    this.token = settings.token();
    this.json = json;
    this.calls = calls;
    this.answers = new PartnerAnswers(json);
    this.tracing = tracing;
  }

  /** The body of a charge. */
  private record NewCharge(long amount, String currency, String token, UUID reference) {}

  @Override
  public CompletionStage<Charge> charge(ChargeRequest request) {
    return tracing.follow("payment.charge", SpanKind.CLIENT, () -> send(request));
  }

  private CompletionStage<Charge> send(ChargeRequest request) {
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
    return tracing.follow("payment.refund", SpanKind.CLIENT, () -> sendRefund(orderId, chargeId));
  }

  private CompletionStage<Refund> sendRefund(UUID orderId, String chargeId) {
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
  public CompletionStage<PartnerLedger.Page> ledger(PartnerLedger.Query query) {
    return calls.send(
        Call.LEDGER,
        "reading of the ledger",
        authorized(HttpRequest.newBuilder(base.resolve("charges?" + parameters(query)))).build(),
        answers::ledger);
  }

  private static String parameters(PartnerLedger.Query query) {
    StringBuilder text = new StringBuilder("limit=").append(PartnerLedger.PAGE_SIZE);
    add(text, "since", query.since());
    add(text, "reference", query.orderId());
    add(text, "after", query.after());
    return text.toString();
  }

  private static void add(StringBuilder text, String name, Object value) {
    if (value != null) {
      text.append('&')
          .append(name)
          .append('=')
          .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public boolean isConfigured() {
    return true;
  }

  private HttpRequest.Builder post(URI address, String key, HttpRequest.BodyPublisher body) {
    return authorized(HttpRequest.newBuilder(address).POST(body).header("Idempotency-Key", key));
  }

  private HttpRequest.Builder authorized(HttpRequest.Builder request) {
    request.header("Accept", "application/json");
    String trace = Traceparent.forRequest();
    if (trace != null) {
      request.header(Traceparent.HEADER, trace);
    }
    String requestId = LogContext.requestId();
    if (requestId != null) {
      request.header(RequestIdFilter.HEADER, requestId);
    }
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
