package io.boxoffice.concert;

import io.boxoffice.event.model.Event;
import io.boxoffice.partner.FollowUps;
import io.boxoffice.platform.auth.Operator;
import io.boxoffice.platform.database.read.ReadResult;
import io.boxoffice.platform.http.Page;
import io.boxoffice.platform.http.Preconditions;
import io.boxoffice.platform.http.TaggedBytes;
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
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Serves concerts over HTTP. Every client may read them; only operators may change them. */
@Path("/v1/concerts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Concerts")
public final class ConcertResource {
  private static final String IF_MATCH = "The ETag that was read, or `*`";
  private static final String CONDITIONAL =
      "Send the ETag as If-Match and a change that was made meanwhile is not lost; without If-Match"
          + " the last one wins. Each sale changes the ETag, for it changes what is available.";

  private final ConcertService concerts;
  private final ConcertCache cache;
  private final FollowUps followUps;

  /** Changes concerts through the service and reads them through the cache. */
  public ConcertResource(ConcertService concerts, ConcertCache cache, FollowUps followUps) {
    this.concerts = concerts;
    this.cache = cache;
    this.followUps = followUps;
  }

  /** Describes a page in the contract. */
  @Schema(
      name = "ConcertPage",
      requiredProperties = {"items", "next"})
  private record ConcertPage(List<Concert> items, @Schema(types = {"string", "null"}) UUID next) {}

  /** Creates a concert. */
  @POST
  @RolesAllowed(Operator.ROLE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "createConcert", summary = "Put a concert on sale")
  @SecurityRequirement(name = "operator")
  @ApiResponse(
      responseCode = "201",
      description = "The concert with its ticket types",
      headers = {
        @Header(name = "Location", schema = @Schema(type = "string")),
        @Header(name = "ETag", schema = @Schema(type = "string"))
      },
      content = @Content(schema = @Schema(implementation = Concert.class)))
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public CompletionStage<Response> create(@NotNull @Valid NewConcert concert) {
    ConcertService.Changed changed = concerts.create(concert);
    Concert created = changed.concert();
    cache.changed(created.id());
    return followUps
        .after(changed.event())
        .thenApply(
            called ->
                cache
                    .represent(created)
                    .answer(Response.Status.CREATED)
                    .location(URI.create("/v1/concerts/" + created.id()))
                    .build());
  }

  /** Lists concerts. */
  @GET
  @Operation(
      operationId = "listConcerts",
      summary = "List concerts, oldest first",
      description =
          "Carries an ETag; ask again with If-None-Match and get 304 while nothing changed.")
  @ApiResponse(
      responseCode = "200",
      description = "A page of concerts",
      headers = {
        @Header(name = "ETag", schema = @Schema(type = "string")),
        @Header(
            name = ReadResult.AGE,
            description = ReadResult.AGE_DESCRIPTION,
            schema = @Schema(type = "integer"))
      },
      content = @Content(schema = @Schema(implementation = ConcertPage.class)))
  @ApiResponse(responseCode = "304", description = "Nothing changed")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public Response list(
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @QueryParam("after") @Parameter(description = "`next` of the page before") UUID after,
      @QueryParam("onSale")
          @Parameter(description = "Only concerts whose sales are open now, or only the others")
          Boolean onSale,
      @Context HttpHeaders headers) {
    ReadResult<TaggedBytes> page = cache.list(after, onSale, limit);
    return Response.fromResponse(page.value().answer(Preconditions.of(headers)))
        .header(ReadResult.AGE, page.ageSeconds())
        .build();
  }

  /** Reads one concert. */
  @GET
  @Path("{concertId}")
  @Operation(operationId = "getConcert", summary = "Read a concert")
  @ApiResponse(
      responseCode = "200",
      description = "The concert",
      headers = @Header(name = "ETag", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = Concert.class)))
  @ApiResponse(responseCode = "304", description = "Nothing changed")
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response get(@PathParam("concertId") UUID concertId, @Context HttpHeaders headers) {
    return cache.get(concertId).answer(Preconditions.of(headers));
  }

  /** Changes a concert's times, names, sales window or capacities. */
  @PATCH
  @Path("{concertId}")
  @RolesAllowed(Operator.ROLE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changeConcert",
      summary = "Reschedule, rename or resize a concert",
      description = CONDITIONAL)
  @SecurityRequirement(name = "operator")
  @ApiResponse(
      responseCode = "200",
      description = "The concert",
      headers = @Header(name = "ETag", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = Concert.class)))
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "409", ref = "Conflict")
  @ApiResponse(responseCode = "412", ref = "PreconditionFailed")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public CompletionStage<Response> change(
      @PathParam("concertId") UUID concertId,
      @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch,
      @NotNull @Valid ConcertChange change,
      @Context HttpHeaders headers) {
    ConcertService.Changed changed = concerts.change(concertId, change, condition(headers));
    cache.changed(concertId);
    return followUps
        .after(changed.event())
        .thenApply(called -> cache.represent(changed.concert()).answer(Response.Status.OK).build());
  }

  /** Deletes a concert that has no purchases. */
  @DELETE
  @Path("{concertId}")
  @RolesAllowed(Operator.ROLE)
  @Operation(
      operationId = "deleteConcert",
      summary = "Remove a concert that was never sold",
      description = CONDITIONAL)
  @SecurityRequirement(name = "operator")
  @ApiResponse(responseCode = "204", description = "It is gone")
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "409", ref = "Conflict")
  @ApiResponse(responseCode = "412", ref = "PreconditionFailed")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public CompletionStage<Response> delete(
      @PathParam("concertId") UUID concertId,
      @HeaderParam(HttpHeaders.IF_MATCH) @Parameter(description = IF_MATCH) String ifMatch,
      @Context HttpHeaders headers) {
    Event deleted = concerts.delete(concertId, condition(headers));
    cache.changed(concertId);
    return followUps.after(deleted).thenApply(called -> Response.noContent().build());
  }

  /** Compares the request's preconditions with the ETag that clients get for the concert. */
  private ChangeCondition condition(HttpHeaders headers) {
    Preconditions preconditions = Preconditions.of(headers);
    return preconditions.arePresent()
        ? current ->
            current.ifPresentOrElse(
                concert -> preconditions.requireBeforeChange(cache.represent(concert).tag()),
                preconditions::requireBeforeChangeOfNothing)
        : ChangeCondition.NONE;
  }
}
