package io.boxoffice.purchase;

import io.boxoffice.purchase.store.Ticket;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** Serves tickets over HTTP. A ticket's id is enough to read it. */
@Path("/v1/tickets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tickets")
@ApiResponse(responseCode = "400", ref = "BadRequest")
public final class TicketResource {
  private final PurchaseService purchases;

  /** Serves tickets from the given service. */
  public TicketResource(PurchaseService purchases) {
    this.purchases = purchases;
  }

  /** Reads a ticket. */
  @GET
  @Path("{ticketId}")
  @Operation(operationId = "getTicket", summary = "Read a ticket")
  @ApiResponse(responseCode = "200", description = "The ticket", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Ticket get(@PathParam("ticketId") UUID ticketId) {
    return purchases.getTicket(ticketId);
  }
}
