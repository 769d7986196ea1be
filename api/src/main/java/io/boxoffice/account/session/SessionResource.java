package io.boxoffice.account.session;

import io.boxoffice.platform.auth.SignedIn;
import io.boxoffice.platform.http.Page;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Serves sessions over HTTP: signing in and out, refreshing, and the list of one's own sessions.
 */
@Path("/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
public final class SessionResource {
  private final SessionService sessions;
  private final SignInService signIns;

  /** Serves the sessions of the given services. */
  public SessionResource(SessionService sessions, SignInService signIns) {
    this.sessions = sessions;
    this.signIns = signIns;
  }

  /** Describes a page in the contract. */
  @Schema(
      name = "SessionPage",
      requiredProperties = {"items", "next"})
  private record SessionPage(List<Session> items, @Schema(types = {"string", "null"}) UUID next) {}

  /** Signs in. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "signIn",
      summary = "Sign in",
      description =
          "Send the access token as `Authorization: Bearer ...`. An unknown address and a wrong"
              + " password get the same answer. After several failures, further attempts from the"
              + " same network must wait, each longer than the one before.")
  @ApiResponse(
      responseCode = "201",
      description = "The tokens of a new session",
      content = @Content(schema = @Schema(implementation = Tokens.class)))
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "401", ref = "SignInFailed")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public CompletionStage<Response> signIn(
      @NotNull @Valid SignIn request, @Context HttpServletRequest client) {
    return signIns
        .signIn(request, client.getRemoteAddr())
        .thenApply(tokens -> Response.status(Response.Status.CREATED).entity(tokens).build());
  }

  /** Replaces the tokens. */
  @POST
  @Path("refresh")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "refreshSession",
      summary = "Get new tokens for a session",
      description =
          "A refresh token works once. A retry within 10 seconds gets the same successor; any later"
              + " use of an old token ends the session.")
  @ApiResponse(
      responseCode = "200",
      description = "The next tokens of the session",
      content = @Content(schema = @Schema(implementation = Tokens.class)))
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public Tokens refresh(@NotNull @Valid Refresh request) {
    return sessions.refresh(request.refreshToken());
  }

  /** Lists the caller's sessions. */
  @GET
  @RolesAllowed(SignedIn.ROLE)
  @Operation(operationId = "listSessions", summary = "List one's own sessions, oldest first")
  @SecurityRequirement(name = "session")
  @ApiResponse(
      responseCode = "200",
      description = "A page of sessions",
      content = @Content(schema = @Schema(implementation = SessionPage.class)))
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public Page<Session> list(
      @Parameter(hidden = true) @Auth SignedIn caller,
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @QueryParam("after") @Parameter(description = "`next` of the page before") UUID after) {
    return sessions.list(caller, after, limit);
  }

  /** Signs out. */
  @DELETE
  @RolesAllowed(SignedIn.ROLE)
  @Operation(
      operationId = "signOut",
      summary = "Sign out",
      description = "Ends the session of the access token, on every replica within 2 seconds.")
  @SecurityRequirement(name = "session")
  @ApiResponse(responseCode = "204", description = "The session has ended")
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public void signOut(@Parameter(hidden = true) @Auth SignedIn caller) {
    sessions.end(caller, caller.session());
  }

  /** Ends one session. */
  @DELETE
  @Path("{sessionId}")
  @RolesAllowed(SignedIn.ROLE)
  @Operation(
      operationId = "endSession",
      summary = "End one of one's own sessions",
      description = "Ends it on every replica within 2 seconds.")
  @SecurityRequirement(name = "session")
  @ApiResponse(responseCode = "204", description = "The session has ended")
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public void end(
      @Parameter(hidden = true) @Auth SignedIn caller, @PathParam("sessionId") UUID sessionId) {
    sessions.end(caller, sessionId);
  }
}
