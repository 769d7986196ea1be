package io.boxoffice.cancellation;

import io.boxoffice.partner.FollowUps;
import io.boxoffice.platform.auth.Operator;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Receives operators' requests to cancel a concert, and to see how far the cancellation is. */
@Path("/v1/concerts/{concertId}/cancellation")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Concerts")
@ApiResponse(responseCode = "401", ref = "Unauthorized")
@ApiResponse(responseCode = "403", ref = "Forbidden")
@ApiResponse(responseCode = "404", ref = "NotFound")
public final class CancellationResource {
  private final CancellationService cancellations;
  private final FollowUps followUps;

  CancellationResource(CancellationService cancellations, FollowUps followUps) {
    this.cancellations = cancellations;
    this.followUps = followUps;
  }

  /** Cancels a concert. */
  @POST
  @RolesAllowed(Operator.ROLE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "cancelConcert",
      summary = "Cancel a concert and give everything back",
      description =
          "Ends the sale at once and for ever. Afterwards, orders that are not paid are cancelled,"
              + " paid ones are refunded, and purchases are cancelled, in the background. The body may"
              + " be left out. Further calls change nothing.")
  @SecurityRequirement(name = "operator")
  @ApiResponse(
      responseCode = "200",
      description = "All was given back before",
      content = @Content(schema = @Schema(implementation = Cancellation.class)))
  @ApiResponse(
      responseCode = "202",
      description = "The sale has ended; tickets and money are being given back",
      headers = @Header(name = "Location", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = Cancellation.class)))
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public CompletionStage<Response> cancel(
      @PathParam("concertId") UUID concertId, @Valid NewCancellation cancellation) {
    CancellationService.Cancelled cancelled =
        cancellations.cancel(concertId, cancellation == null ? null : cancellation.reason());
    return followUps
        .after(cancelled.events())
        .thenApply(called -> answer(concertId, cancelled.cancellation()));
  }

  private static Response answer(UUID concertId, Cancellation cancelled) {
    return cancelled.completedAt() == null
        ? Response.accepted(cancelled)
            .header(HttpHeaders.LOCATION, "/v1/concerts/" + concertId + "/cancellation")
            .build()
        : Response.ok(cancelled).build();
  }

  /** Reads the progress. */
  @GET
  @RolesAllowed(Operator.ROLE)
  @Operation(
      operationId = "getCancellation",
      summary = "Read how much of a cancelled concert is given back",
      description =
          "`completedAt` is there when all tickets and all money are given back. The counts of"
              + " orders that ended shrink when old orders are deleted.")
  @SecurityRequirement(name = "operator")
  @ApiResponse(
      responseCode = "200",
      description = "The progress",
      content = @Content(schema = @Schema(implementation = Cancellation.class)))
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  public Response get(@PathParam("concertId") UUID concertId) {
    return Response.ok(cancellations.get(concertId)).build();
  }
}
