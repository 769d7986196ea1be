package io.boxoffice.order.payment.callback;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.order.payment.Charge;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;

/** Receives the partner's callbacks over HTTP, and passes on those that its signature confirms. */
@Path("/v1/partner-callbacks/payment")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders")
public final class PaymentCallbackResource {
  /** Only a new setting, and so a restart, changes the answer. */
  private static final int RETRY_AFTER_SECONDS = 60;

  private final Optional<PaymentSignature> signature;
  private final ObjectMapper json;
  private final ChargeListener listener;

  /**
   * Receives callbacks.
   *
   * @param signature empty to refuse all callbacks
   * @param json a strict mapper
   */
  PaymentCallbackResource(
      Optional<PaymentSignature> signature, ObjectMapper json, ChargeListener listener) {
    this.signature = signature;
    this.json = json;
    this.listener = listener;
  }

  /** Receives one callback. The signature is of the bytes, so they are verified before parsing. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "receivePaymentCallback",
      summary = "Receive what the payment partner did",
      description =
          "For the payment partner only. A callback may be repeated and may be late; it changes an"
              + " order once.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = PaymentCallback.class)))
  @ApiResponse(responseCode = "204", description = "Received, now or before")
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "401", ref = "SignatureNotValid")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public Response receive(
      @HeaderParam(PaymentSignature.HEADER)
          @Parameter(
              required = true,
              description =
                  "`t=<unix seconds>,v1=<hex>`: the HMAC-SHA256 of `<t>.<body>`, at most 5 minutes"
                      + " old")
          String header,
      byte[] body)
      throws IOException {
    PaymentSignature required =
        signature.orElseThrow(
            () ->
                ProblemException.retryable(
                    ProblemCode.PAYMENT_UNAVAILABLE,
                    "The shop has no secret that verifies callbacks.",
                    RETRY_AFTER_SECONDS));
    if (!required.isValid(header, body)) {
      throw ProblemException.of(
          ProblemCode.SIGNATURE_NOT_VALID,
          "The header Payment-Signature is missing, has another form, is too old, or belongs to"
              + " another body or secret.");
    }
    PaymentCallback callback = json.readValue(body, PaymentCallback.class);
    if (callback == null) {
      throw ProblemException.invalid("body", "must be one JSON object");
    }
    deliver(callback);
    return Response.noContent().build();
  }

  private void deliver(PaymentCallback callback) {
    Charge charge = chargeOf(callback);
    boolean declined = charge.status() == Charge.Status.DECLINED;
    switch (callback.type() == null ? "" : callback.type()) {
      case "charge.succeeded" -> deliver(!declined, charge);
      case "charge.declined" -> deliver(declined, charge);
      case "charge.refunded" -> {
        requireMatch(charge.refunded());
        listener.refunded(charge);
      }
      default ->
          throw ProblemException.invalid(
              "type", "must be charge.succeeded, charge.declined or charge.refunded");
    }
  }

  private void deliver(boolean matches, Charge charge) {
    requireMatch(matches);
    listener.charged(charge);
  }

  private static Charge chargeOf(PaymentCallback callback) {
    if (callback.charge() == null) {
      throw ProblemException.invalid("charge", "must not be null");
    }
    try {
      return callback.charge().toCharge();
    } catch (IllegalArgumentException anotherForm) {
      throw ProblemException.invalid("charge", anotherForm.getMessage());
    }
  }

  private static void requireMatch(boolean matches) {
    if (!matches) {
      throw ProblemException.invalid("charge", "must be as the type says");
    }
  }
}
