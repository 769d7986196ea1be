package io.boxoffice.partners.payment;

import io.boxoffice.partners.http.Requests;
import io.boxoffice.partners.payment.ledger.Book;
import io.boxoffice.partners.payment.ledger.Charge;
import io.boxoffice.partners.payment.ledger.NewCharge;
import io.boxoffice.platform.http.Page;
import io.boxoffice.platform.metrics.HttpMetrics;
import io.boxoffice.purchase.IdempotencyKey;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Receives requests to charge and to refund, and shows the ledger. */
@Path("/charges")
@Produces(MediaType.APPLICATION_JSON)
public final class ChargeResource {
  /**
   * A refund as the answer to its request.
   *
   * @param amount in minor units: the whole amount of the charge
   */
  public record RefundAnswer(UUID id, UUID chargeId, long amount, Instant createdAt) {
    static RefundAnswer of(Charge charge) {
      return new RefundAnswer(
          charge.refund().id(), charge.id(), charge.amount(), charge.refund().createdAt());
    }
  }

  private final Charges charges;
  private final Refunds refunds;
  private final Book book;

  /** Serves the given parts. */
  ChargeResource(Charges charges, Refunds refunds, Book book) {
    this.charges = charges;
    this.refunds = refunds;
    this.book = book;
  }

  /** Makes a charge, or answers with the one that the key has made. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> charge(
      @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
      @NotNull @Valid NewCharge charge,
      @Context HttpServletRequest request) {
    ServletContextRequest connection = ServletContextRequest.getServletContextRequest(request);
    return charges
        .charge(Requests.requiredKey(idempotencyKey), charge)
        .thenApply(
            answer -> {
              if (answer.lost()) {
                connection.setAttribute(HttpMetrics.SIMULATED_ATTRIBUTE, "lost");
                connection.getConnectionMetaData().getConnection().getEndPoint().close();
              }
              return Requests.made(answer.replayed(), answer.charge())
                  .header(HttpHeaders.LOCATION, "/charges/" + answer.charge().id())
                  .build();
            });
  }

  /** Shows one charge. */
  @GET
  @Path("{chargeId}")
  public Charge get(@PathParam("chargeId") UUID chargeId) {
    return Requests.found("charge", book.charge(chargeId));
  }

  /** Shows a page of the ledger, in the order in which charges were made. */
  @GET
  public Page<Charge> list(
      @QueryParam("reference") UUID reference,
      @QueryParam("since") String since,
      @QueryParam("after") UUID after,
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT)
          int limit) {
    return Requests.found(book.page(reference, Requests.time("since", since), after, limit));
  }

  /** Gives the whole amount of a charge back, once. */
  @POST
  @Path("{chargeId}/refunds")
  public CompletionStage<Response> refund(
      @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
      @PathParam("chargeId") UUID chargeId) {
    return refunds
        .refund(Requests.requiredKey(idempotencyKey), chargeId)
        .thenApply(
            answer -> Requests.made(answer.replayed(), RefundAnswer.of(answer.charge())).build());
  }
}
