package io.boxoffice.order;

import io.boxoffice.partner.Communication;
import io.boxoffice.platform.auth.Caller;
import io.boxoffice.platform.auth.CallerAccess;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.error.ProblemMapper;
import io.boxoffice.platform.http.Prefer;
import io.boxoffice.platform.logging.LogContext;
import io.boxoffice.purchase.IdempotencyKey;
import io.boxoffice.purchase.SaleProblems;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Receives requests for orders over HTTP, has their tickets held, and pays at once on request. */
@Path("/v1/concerts/{concertId}/orders")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders")
public final class NewOrderResource {
  private final SalesDesk desk;
  private final OrderService orders;
  private final PaymentService payments;
  private final CallerAccess callers;
  private final Clock clock;
  private final OrderSettings settings;
  private final Communication communication;
  private final Executor answers;

  /**
   * Holds tickets at the given desk.
   *
   * @param answers runs what follows a hold and uses the database
   */
  NewOrderResource(
      SalesDesk desk,
      OrderService orders,
      PaymentService payments,
      CallerAccess callers,
      Clock clock,
      OrderSettings settings,
      Communication communication,
      Executor answers) {
    this.desk = desk;
    this.orders = orders;
    this.payments = payments;
    this.callers = callers;
    this.clock = clock;
    this.settings = settings;
    this.communication = communication;
    this.answers = answers;
  }

  /** Orders tickets. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "order",
      summary = "Order tickets, and pay for them now or later",
      description =
          "The tickets are held until `expiresAt`. With `payment`, the order is also paid, as by"
              + " `payOrder`. With an Idempotency-Key, a retry gets the same order, for 7"
              + " days by default and one day at least.")
  @ApiResponse(
      responseCode = "201",
      description = "The order, HELD or CONFIRMED",
      headers = {
        @Header(name = "Location", schema = @Schema(type = "string")),
        @Header(
            name = "Idempotency-Replayed",
            description = "`true` when the key's order was made before",
            schema = @Schema(type = "string"))
      },
      content = @Content(schema = @Schema(implementation = Order.class)))
  @ApiResponse(
      responseCode = "202",
      description = "The order is being paid",
      headers = {
        @Header(name = "Location", schema = @Schema(type = "string")),
        @Header(name = "Retry-After", schema = @Schema(type = "integer")),
        @Header(name = "Preference-Applied", schema = @Schema(type = "string"))
      },
      content = @Content(schema = @Schema(implementation = Order.class)))
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "402", ref = "PaymentDeclined")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "409", ref = "Conflict")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public CompletionStage<Response> order(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Parameter(hidden = true) String authorization,
      @HeaderParam(Prefer.HEADER) @Parameter(hidden = true) List<String> preferences,
      @PathParam("concertId") UUID concertId,
      @HeaderParam(IdempotencyKey.HEADER)
          @Parameter(description = "1 to 255 visible ASCII characters, bare or quoted")
          String idempotencyKey,
      @NotNull @Valid NewOrder order) {
    Optional<Caller> caller = callers.named(authorization);
    Prefer prefer = Prefer.parse(preferences);
    CompletionStage<Response> answer =
        desk.submit(
                new PurchaseRequest(
                    concertId,
                    order.ticketTypeId(),
                    order.email(),
                    order.quantity(),
                    IdempotencyKey.parse(idempotencyKey),
                    clock.instant(),
                    caller.map(Caller::accountId).orElse(null),
                    settings.hold().toJavaDuration()))
            .thenCompose(
                LogContext.continuing(verdict -> answer(verdict, caller, order.payment(), prefer)));
    return order.payment() == null ? answer : communication.hold(answer);
  }

  private CompletionStage<Response> answer(
      Verdict verdict, Optional<Caller> caller, NewPayment payment, Prefer prefer) {
    if (verdict instanceof Verdict.Held held) {
      Order order = Order.of(held.hold());
      return payment == null
          ? CompletableFuture.completedFuture(created(order))
          : answer(order, caller, payment, prefer);
    }
    if (verdict instanceof Verdict.HeldBefore before) {
      return answer(Order.of(before.hold()), caller, payment, prefer)
          .thenApply(NewOrderResource::replayed);
    }
    return CompletableFuture.completedFuture(
        ProblemMapper.responseOf(SaleProblems.of((Verdict.Rejected) verdict)).build());
  }

  private CompletionStage<Response> answer(
      Order order, Optional<Caller> caller, NewPayment payment, Prefer prefer) {
    // The thread that sent the hold must not wait for the database.
    return CompletableFuture.supplyAsync(order::id, answers)
        .thenCompose(
            id ->
                payment == null
                    ? CompletableFuture.completedFuture(created(orders.get(id, caller)))
                    : pay(order, caller, payment, prefer));
  }

  /** A payment that fails leaves an order, so every answer says where it is. */
  private CompletionStage<Response> pay(
      Order order, Optional<Caller> caller, NewPayment payment, Prefer prefer) {
    Duration limit = OrderResource.limit(prefer, settings.paymentWait().toJavaDuration());
    CompletionStage<Order> paid;
    try {
      paid = payments.pay(order.id(), caller, payment.token(), limit);
    } catch (ProblemException refused) {
      paid = CompletableFuture.failedFuture(refused);
    }
    return paid.handle(
        (result, failure) -> {
          if (failure == null) {
            return OrderAnswers.paid(result, Response.Status.CREATED, prefer);
          }
          if (Charging.causeOf(failure) instanceof ProblemException refused) {
            return ProblemMapper.responseOf(refused)
                .header(HttpHeaders.LOCATION, OrderAnswers.location(order))
                .build();
          }
          throw new CompletionException(Charging.causeOf(failure));
        });
  }

  private static Response created(Order order) {
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, OrderAnswers.location(order))
        .entity(order)
        .build();
  }

  private static Response replayed(Response answer) {
    return Response.fromResponse(answer).header("Idempotency-Replayed", "true").build();
  }
}
