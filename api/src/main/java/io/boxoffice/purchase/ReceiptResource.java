package io.boxoffice.purchase;

import io.boxoffice.platform.auth.CallerAccess;
import io.boxoffice.platform.auth.Operator;
import io.boxoffice.platform.database.read.ReadResult;
import io.boxoffice.platform.http.Page;
import io.boxoffice.platform.http.strict.PlainText;
import io.boxoffice.purchase.allocation.Purchase;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

/**
 * Serves receipts over HTTP. The id of a purchase without an account is enough to read and cancel
 * it; only operators may search.
 */
@Path("/v1/purchases")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Purchases")
@ApiResponse(responseCode = "400", ref = "BadRequest")
public final class ReceiptResource {
  private final PurchaseService purchases;
  private final CallerAccess callers;

  /** Serves purchases from the given service, to the callers who may see them. */
  public ReceiptResource(PurchaseService purchases, CallerAccess callers) {
    this.purchases = purchases;
    this.callers = callers;
  }

  /** Describes a page in the contract. */
  @Schema(
      name = "PurchasePage",
      requiredProperties = {"items", "next"})
  private record PurchasePage(
      List<Purchase> items, @Schema(types = {"string", "null"}) UUID next) {}

  /** Reads a receipt. */
  @GET
  @Path("{purchaseId}")
  @Operation(
      operationId = "getPurchase",
      summary = "Read a receipt",
      description =
          "A purchase that belongs to an account is shown to this account and to operators only.")
  @ApiResponse(responseCode = "200", description = "The receipt", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Purchase get(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Parameter(hidden = true) String authorization,
      @PathParam("purchaseId") UUID purchaseId) {
    return purchases.get(purchaseId, callers.named(authorization));
  }

  /** Searches purchases. */
  @GET
  @RolesAllowed(Operator.ROLE)
  @Operation(operationId = "listPurchases", summary = "Search purchases, oldest first")
  @SecurityRequirement(name = "operator")
  @ApiResponse(
      responseCode = "200",
      description = "A page of purchases",
      headers =
          @Header(
              name = ReadResult.AGE,
              description = ReadResult.AGE_DESCRIPTION,
              schema = @Schema(type = "integer")),
      content = @Content(schema = @Schema(implementation = PurchasePage.class)))
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public Response list(
      @QueryParam("concertId") UUID concertId,
      @QueryParam("email") @Size(min = 3, max = 254) @PlainText String email,
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @QueryParam("after") @Parameter(description = "`next` of the page before") UUID after) {
    ReadResult<Page<Purchase>> page = purchases.list(concertId, email, after, limit);
    return Response.ok(page.value()).header(ReadResult.AGE, page.ageSeconds()).build();
  }

  /** Cancels a purchase. */
  @POST
  @Path("{purchaseId}/cancellation")
  @Operation(
      operationId = "cancelPurchase",
      summary = "Cancel a purchase",
      description = "Puts its tickets back on sale, once, however often it is called.")
  @ApiResponse(
      responseCode = "200",
      description = "The cancelled purchase",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "409", ref = "PurchasePaid")
  public Purchase cancel(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Parameter(hidden = true) String authorization,
      @PathParam("purchaseId") UUID purchaseId) {
    return purchases.cancel(purchaseId, callers.named(authorization));
  }
}
