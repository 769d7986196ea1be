package io.boxoffice.purchase;

import io.boxoffice.platform.auth.Caller;
import io.boxoffice.platform.auth.CallerAccess;
import io.boxoffice.platform.error.ProblemMapper;
import io.boxoffice.purchase.allocation.Purchase;
import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Verdict;
import io.boxoffice.purchase.desk.SalesDesk;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Receives requests to buy over HTTP, gives them to the sales desk and answers them. */
@Path("/v1/concerts/{concertId}/purchases")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Purchases")
public final class PurchaseResource {
  private final SalesDesk desk;
  private final CallerAccess callers;
  private final Clock clock;

  /**
   * Sells through the given desk.
   *
   * @param callers finds out to which account a purchase belongs
   * @param clock gives the time at which each request is processed
   */
  public PurchaseResource(SalesDesk desk, CallerAccess callers, Clock clock) {
    this.desk = desk;
    this.callers = callers;
    this.clock = clock;
  }

  /** Buys tickets. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "buy",
      summary = "Buy tickets",
      description =
          "With an Idempotency-Key a retry cannot buy twice: it gets the first receipt again, for"
              + " 7 days by default and one day at least. A key belongs to its concert. Choose random keys, and keep them secret: a request with the"
              + " same key and content gets the receipt. With an access token, the purchase belongs to the account.")
  @ApiResponse(
      responseCode = "201",
      description = "The receipt",
      headers = {
        @Header(name = "Location", schema = @Schema(type = "string")),
        @Header(
            name = "Idempotency-Replayed",
            description = "`true` when the key's purchase was made before",
            schema = @Schema(type = "string"))
      },
      content = @Content(schema = @Schema(implementation = Purchase.class)))
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "409", ref = "Conflict")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public CompletionStage<Response> buy(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Parameter(hidden = true) String authorization,
      @PathParam("concertId") UUID concertId,
      @HeaderParam(IdempotencyKey.HEADER)
          @Parameter(description = "1 to 255 visible ASCII characters, bare or quoted")
          String idempotencyKey,
      @NotNull @Valid NewPurchase purchase) {
    PurchaseRequest request =
        new PurchaseRequest(
            concertId,
            purchase.ticketTypeId(),
            purchase.email(),
            purchase.quantity(),
            IdempotencyKey.parse(idempotencyKey),
            clock.instant(),
            callers.named(authorization).map(Caller::accountId).orElse(null),
            null);
    return desk.submit(request).thenApply(PurchaseResource::response);
  }

  private static Response response(Verdict verdict) {
    if (verdict instanceof Verdict.Sold sold) {
      return receipt(sold.purchase()).build();
    }
    if (verdict instanceof Verdict.Replayed replayed) {
      return receipt(replayed.purchase()).header("Idempotency-Replayed", "true").build();
    }
    // A failed stage wraps its exception in one with a stack trace, and a sold-out concert causes
    // many rejections.
    return ProblemMapper.responseOf(SaleProblems.of((Verdict.Rejected) verdict)).build();
  }

  private static Response.ResponseBuilder receipt(Purchase purchase) {
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, "/v1/purchases/" + purchase.id())
        .entity(purchase);
  }
}
