package io.boxoffice.account.oidc;

import io.boxoffice.account.session.Tokens;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Serves sign-in by OpenID Connect over HTTP. */
@Path("/v1/identity-sign-ins")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
@ApiResponse(responseCode = "400", ref = "MalformedJson")
@ApiResponse(responseCode = "404", ref = "NotFound")
@ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
@ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
@ApiResponse(responseCode = "422", ref = "ValidationFailed")
@ApiResponse(responseCode = "503", ref = "Unavailable")
public final class IdentitySignInResource {
  private final IdentityService identities;

  /** Signs in through the given service. */
  public IdentitySignInResource(IdentityService identities) {
    this.identities = identities;
  }

  /** Begins a sign-in. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "beginIdentitySignIn",
      summary = "Begin a sign-in by OpenID Connect",
      description =
          "Send the person's browser to `authorizationUrl`. The provider sends it back to the"
              + " redirect URI, with the values that end the sign-in within 10 minutes. 404 without"
              + " OIDC_ISSUER.")
  @ApiResponse(
      responseCode = "201",
      description = "The sign-in",
      content = @Content(schema = @Schema(implementation = IdentitySignIn.class)))
  public CompletionStage<Response> begin(@NotNull @Valid NewIdentitySignIn request) {
    return identities.begin(request).thenApply(IdentitySignInResource::created);
  }

  /** Ends a sign-in with a session. */
  @POST
  @Path("{signInId}/completion")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "completeIdentitySignIn",
      summary = "End a sign-in by OpenID Connect with a session",
      description =
          "Works once. The first sign-in of a person creates an account, if the provider has"
              + " verified the address and the address has no account.")
  @ApiResponse(
      responseCode = "201",
      description = "The tokens of a new session",
      content = @Content(schema = @Schema(implementation = Tokens.class)))
  @ApiResponse(responseCode = "401", ref = "IdentitySignInFailed")
  @ApiResponse(responseCode = "409", ref = "AccountConflict")
  public CompletionStage<Response> complete(
      @PathParam("signInId") UUID signInId, @NotNull @Valid Completion completion) {
    return identities.signIn(signInId, completion).thenApply(IdentitySignInResource::created);
  }

  private static Response created(Object entity) {
    return Response.status(Response.Status.CREATED).entity(entity).build();
  }
}
