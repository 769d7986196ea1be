package io.boxoffice.gate.code;

import io.boxoffice.platform.auth.CallerAccess;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** Serves the tickets of a purchase over HTTP, to the callers who may see its receipt. */
@Path("/v1/purchases/{purchaseId}/tickets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tickets")
@ApiResponse(responseCode = "400", ref = "BadRequest")
public final class PurchaseTicketsResource {
  private final TicketService tickets;
  private final CallerAccess callers;

  PurchaseTicketsResource(TicketService tickets, CallerAccess callers) {
    this.tickets = tickets;
    this.callers = callers;
  }

  /** Holds all tickets of a purchase. */
  @Schema(requiredProperties = {"items"})
  public record TicketList(List<CodedTicket> items) {}

  /** Reads the tickets. */
  @GET
  @Operation(
      operationId = "getTicketsOfPurchase",
      summary = "Read the tickets of a purchase with their codes",
      description =
          "A purchase that belongs to an account is shown to this account and to operators only."
              + " Receipts have no codes, because a signature costs time.")
  @ApiResponse(responseCode = "200", description = "The tickets", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public TicketList get(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Parameter(hidden = true) String authorization,
      @PathParam("purchaseId") UUID purchaseId) {
    return new TicketList(tickets.ofPurchase(purchaseId, callers.named(authorization)));
  }
}
