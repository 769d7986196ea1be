package io.boxoffice.order;

import io.boxoffice.order.state.OrderState;
import io.boxoffice.partner.Communication;
import io.boxoffice.platform.auth.CallerAccess;
import io.boxoffice.platform.auth.Operator;
import io.boxoffice.platform.http.Prefer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Serves orders over HTTP. The id of an order without an account is enough to read, pay and cancel
 * it. A request that waits holds no thread.
 */
@Path("/v1/orders")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders")
@ApiResponse(responseCode = "401", ref = "Unauthorized")
@ApiResponse(responseCode = "404", ref = "NotFound")
public final class OrderResource {
  private final OrderService orders;
  private final PaymentService payments;
  private final CallerAccess callers;
  private final Duration paymentWait;
  private final Communication communication;

  /**
   * Serves the orders of the given service.
   *
   * @param paymentWait how long a request to pay waits if the client does not say
   * @param communication whether it waits with its thread
   */
  OrderResource(
      OrderService orders,
      PaymentService payments,
      CallerAccess callers,
      Duration paymentWait,
      Communication communication) {
    this.orders = orders;
    this.payments = payments;
    this.callers = callers;
    this.paymentWait = paymentWait;
    this.communication = communication;
  }

  /** Reads an order. */
  @GET
  @Path("{orderId}")
  @Operation(
      operationId = "getOrder",
      summary = "Read an order",
      description =
          "With `Prefer: wait=N`, an order that is HELD, PAYING or REFUNDING is returned when its"
              + " state changes, or after N seconds (60 at most). An order that belongs to an account"
              + " is shown to this account and to operators only.")
  @ApiResponse(
      responseCode = "200",
      description = "The order",
      headers =
          @Header(
              name = "Preference-Applied",
              description = "The preferences that were honoured",
              schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = Order.class)))
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public CompletionStage<Response> get(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Parameter(hidden = true) String authorization,
      @HeaderParam(Prefer.HEADER) @Parameter(hidden = true) List<String> preferences,
      @PathParam("orderId") UUID orderId) {
    Prefer wait = new Prefer(false, Prefer.parse(preferences).longestWait());
    return orders
        .get(orderId, callers.named(authorization), wait.longestWait().orElse(Duration.ZERO))
        .thenApply(order -> OrderAnswers.read(order, wait));
  }

  /** Cancels an order. */
  @DELETE
  @Path("{orderId}")
  @Operation(
      operationId = "cancelOrder",
      summary = "Give the tickets of an order back",
      description =
          "An order that is not paid becomes CANCELLED, once, however often it is called.")
  @ApiResponse(responseCode = "200", description = "The order", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  @ApiResponse(responseCode = "409", ref = "OrderConflict")
  public Order cancel(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Parameter(hidden = true) String authorization,
      @PathParam("orderId") UUID orderId) {
    return orders.cancel(orderId, callers.named(authorization));
  }

  /** Pays for an order. */
  @POST
  @Path("{orderId}/payment")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "payOrder",
      summary = "Pay for an order",
      description =
          "Waits for the payment partner, 10 seconds by default, or N seconds with"
              + " `Prefer: wait=N` (60 at most), or not at all with `Prefer: respond-async`. The same"
              + " request again waits for the same payment, or gets its result. Read the order after"
              + " a 202.")
  @ApiResponse(
      responseCode = "200",
      description = "The order is CONFIRMED",
      headers = @Header(name = "Preference-Applied", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = Order.class)))
  @ApiResponse(
      responseCode = "202",
      description = "The partner has not answered yet",
      headers = {
        @Header(name = "Location", schema = @Schema(type = "string")),
        @Header(name = "Retry-After", schema = @Schema(type = "integer")),
        @Header(name = "Preference-Applied", schema = @Schema(type = "string"))
      },
      content = @Content(schema = @Schema(implementation = Order.class)))
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "402", ref = "PaymentDeclined")
  @ApiResponse(responseCode = "409", ref = "OrderConflict")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public CompletionStage<Response> pay(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Parameter(hidden = true) String authorization,
      @HeaderParam(Prefer.HEADER) @Parameter(hidden = true) List<String> preferences,
      @PathParam("orderId") UUID orderId,
      @NotNull @Valid NewPayment payment) {
    Prefer prefer = Prefer.parse(preferences);
    return communication.hold(
        payments
            .pay(orderId, callers.named(authorization), payment.token(), limit(prefer, paymentWait))
            .thenApply(order -> OrderAnswers.paid(order, Response.Status.OK, prefer)));
  }

  /** How long a request to pay waits: a client that wants no wait may still name a short one. */
  static Duration limit(Prefer prefer, Duration standard) {
    return prefer.longestWait().orElse(prefer.respondAsync() ? Duration.ZERO : standard);
  }

  /** Refunds an order. */
  @POST
  @Path("{orderId}/refund")
  @RolesAllowed(Operator.ROLE)
  @Operation(
      operationId = "refundOrder",
      summary = "Return the money of an order",
      description =
          "Cancels the purchase and puts its tickets back on sale at once. The payment partner"
              + " returns the money soon after: the order becomes REFUNDED.")
  @SecurityRequirement(name = "operator")
  @ApiResponse(
      responseCode = "200",
      description = "The money was returned before",
      useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "202",
      description = "The partner is being asked",
      content = @Content(schema = @Schema(implementation = Order.class)))
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "409", ref = "OrderConflict")
  public Response refund(@PathParam("orderId") UUID orderId) {
    Order order = orders.refund(orderId);
    return order.state() == OrderState.REFUNDED
        ? Response.ok(order).build()
        : Response.accepted(order).build();
  }
}
