package io.boxoffice.event;

import io.boxoffice.event.transport.DeadLetters;
import io.boxoffice.event.transport.TransportException;
import io.boxoffice.platform.auth.Operator;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** Lets operators read, replay and drop the deliveries of events that failed for good. */
@Path("/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events")
@RolesAllowed(Operator.ROLE)
@SecurityRequirement(name = "operator")
@ApiResponse(responseCode = "400", ref = "BadRequest")
@ApiResponse(responseCode = "401", ref = "Unauthorized")
@ApiResponse(responseCode = "403", ref = "Forbidden")
@ApiResponse(responseCode = "503", ref = "Unavailable")
public final class DeadLetterResource {
  private static final int RETRY_AFTER_SECONDS = 5;

  private final DeadLetters deadLetters;

  /** Serves the given dead letters. */
  DeadLetterResource(DeadLetters deadLetters) {
    this.deadLetters = deadLetters;
  }

  /** Describes a page in the contract. */
  @Schema(
      name = "DeadLetterPage",
      requiredProperties = {"items", "next"})
  private record DeadLetterPage(
      List<DeadLetterView> items, @Schema(types = {"string", "null"}) UUID next) {}

  /** Lists dead letters. */
  @GET
  @RolesAllowed(Operator.ROLE)
  @Operation(
      operationId = "listDeadLetters",
      summary = "Read the deliveries of events that failed for good, oldest first",
      description =
          "A delivery is tried five times. Afterwards it waits here until an operator replays or"
              + " drops it, and the consumer receives later events.")
  @ApiResponse(
      responseCode = "200",
      description = "A page of dead letters",
      content = @Content(schema = @Schema(implementation = DeadLetterPage.class)))
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public Page<DeadLetterView> list(
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @QueryParam("after") @Parameter(description = "`next` of the page before") UUID after) {
    return Page.cut(
        call(() -> deadLetters.list(after, limit + 1)).stream().map(DeadLetterView::of).toList(),
        limit,
        DeadLetterView::id);
  }

  /** Delivers one again. */
  @POST
  @Path("/{deadLetterId}/replay")
  @Operation(
      operationId = "replayDeadLetter",
      summary = "Deliver the event to its consumer again",
      description =
          "The delivery follows those that wait, and is tried five times again. A consumer that"
              + " has handled the event recognises its id.")
  @ApiResponse(responseCode = "204", description = "The event is delivered again")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public void replay(@PathParam("deadLetterId") UUID id) {
    require(call(() -> deadLetters.replay(id)));
  }

  /** Deletes one. */
  @DELETE
  @Path("/{deadLetterId}")
  @Operation(
      operationId = "dropDeadLetter",
      summary = "Delete a dead letter",
      description = "The consumer never handles the event.")
  @ApiResponse(responseCode = "204", description = "The dead letter is deleted")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public void drop(@PathParam("deadLetterId") UUID id) {
    require(call(() -> deadLetters.drop(id)));
  }

  private static void require(boolean found) {
    if (!found) {
      throw ProblemException.of(ProblemCode.NOT_FOUND, "There is no dead letter with this id.");
    }
  }

  private interface Call<T> {
    T run() throws TransportException;
  }

  private static <T> T call(Call<T> call) {
    try {
      return call.run();
    } catch (TransportException away) {
      throw ProblemException.retryable(
          ProblemCode.UNAVAILABLE, "The transport of events is away.", RETRY_AFTER_SECONDS);
    }
  }
}
