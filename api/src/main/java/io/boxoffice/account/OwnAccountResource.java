package io.boxoffice.account;

import io.boxoffice.order.Order;
import io.boxoffice.platform.auth.SignedIn;
import io.boxoffice.platform.http.Page;
import io.boxoffice.purchase.allocation.Purchase;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Serves the account of the caller over HTTP. */
@Path("/v1/accounts/me")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(SignedIn.ROLE)
@SecurityRequirement(name = "session")
@Tag(name = "Accounts")
@ApiResponse(responseCode = "401", ref = "Unauthorized")
@ApiResponse(responseCode = "403", ref = "Forbidden")
@ApiResponse(responseCode = "404", ref = "NotFound")
public final class OwnAccountResource {
  private final AccountService accounts;

  /** Serves the accounts of the given service. */
  public OwnAccountResource(AccountService accounts) {
    this.accounts = accounts;
  }

  /** Reads the account. */
  @GET
  @Operation(operationId = "getOwnAccount", summary = "Read one's own account")
  @ApiResponse(responseCode = "200", description = "The account", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  public Account get(@Parameter(hidden = true) @Auth SignedIn caller) {
    return accounts.get(caller.account());
  }

  /** Changes the account. */
  @PATCH
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "changeOwnAccount", summary = "Change one's own account")
  @ApiResponse(responseCode = "200", description = "The account", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public Account change(
      @Parameter(hidden = true) @Auth SignedIn caller, @NotNull @Valid AccountChange change) {
    return accounts.change(caller.account(), change);
  }

  /** Deletes the account. */
  @DELETE
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "deleteOwnAccount",
      summary = "Delete one's own account",
      description =
          "Needs the password in the body, so that a stolen access token cannot do it. All sessions"
              + " end, on every replica within 2 seconds.")
  @ApiResponse(responseCode = "204", description = "The account is deleted")
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "409", ref = "AccountConflict")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public CompletionStage<Response> delete(
      @Parameter(hidden = true) @Auth SignedIn caller, @NotNull @Valid Deletion deletion) {
    return accounts.delete(caller, deletion).thenApply(done -> Response.noContent().build());
  }

  /** Sets another password. */
  @PUT
  @Path("password")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changePassword",
      summary = "Set another password",
      description = "Ends all other sessions, on every replica within 2 seconds.")
  @ApiResponse(responseCode = "204", description = "The password is set")
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "409", ref = "AccountConflict")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public CompletionStage<Response> changePassword(
      @Parameter(hidden = true) @Auth SignedIn caller, @NotNull @Valid PasswordChange change) {
    return accounts.changePassword(caller, change).thenApply(done -> Response.noContent().build());
  }

  /** Exports the person's data. */
  @GET
  @Path("export")
  @Operation(
      operationId = "exportOwnAccount",
      summary = "Read all data that the service holds about oneself")
  @ApiResponse(responseCode = "200", description = "The data", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  public AccountExport export(@Parameter(hidden = true) @Auth SignedIn caller) {
    return accounts.export(caller);
  }

  /** Lists purchases. */
  @GET
  @Path("purchases")
  @Operation(operationId = "listOwnPurchases", summary = "List one's own purchases, oldest first")
  @ApiResponse(
      responseCode = "200",
      description = "A page of purchases",
      content = @Content(schema = @Schema(ref = "#/components/schemas/PurchasePage")))
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public Page<Purchase> purchases(
      @Parameter(hidden = true) @Auth SignedIn caller,
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @QueryParam("after") @Parameter(description = "`next` of the page before") UUID after) {
    return accounts.purchases(caller, after, limit);
  }

  /** Describes a page in the contract. */
  @Schema(
      name = "OrderPage",
      requiredProperties = {"items", "next"})
  private record OrderPage(List<Order> items, @Schema(types = {"string", "null"}) UUID next) {}

  /** Lists orders. */
  @GET
  @Path("orders")
  @Operation(operationId = "listOwnOrders", summary = "List one's own orders, oldest first")
  @ApiResponse(
      responseCode = "200",
      description = "A page of orders",
      content = @Content(schema = @Schema(implementation = OrderPage.class)))
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public Page<Order> orders(
      @Parameter(hidden = true) @Auth SignedIn caller,
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @QueryParam("after") @Parameter(description = "`next` of the page before") UUID after) {
    return accounts.orders(caller, after, limit);
  }

  /** Claims purchases. */
  @POST
  @Path("purchase-claims")
  @Operation(
      operationId = "claimPurchases",
      summary = "Add the purchases and orders that were made with one's address before",
      description =
          "The address is verified, so all purchases and orders with it that belong to no account"
              + " become the account's. From then on their ids alone give no access.")
  @ApiResponse(
      responseCode = "200",
      description = "How many there were",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  public PurchaseClaim claim(@Parameter(hidden = true) @Auth SignedIn caller) {
    return accounts.claim(caller);
  }
}
