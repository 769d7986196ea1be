package io.boxoffice.gate.code;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** Serves tickets over HTTP. A ticket's id is enough to read it. */
@Path("/v1/tickets/{ticketId}")
@Tag(name = "Tickets")
@ApiResponse(responseCode = "400", ref = "BadRequest")
@ApiResponse(responseCode = "404", ref = "NotFound")
public final class TicketResource {
  private static final String SVG = "image/svg+xml";

  private final TicketService tickets;

  TicketResource(TicketService tickets) {
    this.tickets = tickets;
  }

  /** Reads a ticket. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "getTicket", summary = "Read a ticket")
  @ApiResponse(responseCode = "200", description = "The ticket", useReturnTypeSchema = true)
  public CodedTicket get(@PathParam("ticketId") UUID ticketId) {
    return tickets.get(ticketId);
  }

  /** Draws the code of a ticket. */
  @GET
  @Path("qr")
  @Produces(SVG)
  @Operation(operationId = "getTicketQr", summary = "Draw the code of a ticket as a QR code")
  @ApiResponse(
      responseCode = "200",
      description = "The QR code",
      content = @Content(mediaType = SVG, schema = @Schema(type = "string")))
  @ApiResponse(responseCode = "409", ref = "TicketCancelled")
  public String draw(@PathParam("ticketId") UUID ticketId) {
    return tickets.draw(ticketId);
  }
}
