package io.boxoffice.account.oidc;

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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Serves the identities of the caller's account over HTTP. */
@Path("/v1/accounts/me/identities")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(SignedIn.ROLE)
@SecurityRequirement(name = "session")
@Tag(name = "Accounts")
@ApiResponse(responseCode = "401", ref = "Unauthorized")
@ApiResponse(responseCode = "403", ref = "Forbidden")
@ApiResponse(responseCode = "422", ref = "ValidationFailed")
public final class OwnIdentityResource {
  private final IdentityService identities;

  /** Serves the identities of the given service. */
  public OwnIdentityResource(IdentityService identities) {
    this.identities = identities;
  }

  /** Describes a page in the contract. */
  @Schema(
      name = "IdentityPage",
      requiredProperties = {"items", "next"})
  private record IdentityPage(
      List<Identity> items, @Schema(types = {"string", "null"}) UUID next) {}

  /** Lists the identities. */
  @GET
  @Operation(operationId = "listIdentities", summary = "List one's own identities, oldest first")
  @ApiResponse(
      responseCode = "200",
      description = "A page of identities",
      content = @Content(schema = @Schema(implementation = IdentityPage.class)))
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  public Page<Identity> list(
      @Parameter(hidden = true) @Auth SignedIn caller,
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @QueryParam("after") @Parameter(description = "`next` of the page before") UUID after) {
    return identities.list(caller.account(), after, limit);
  }

  /** Links an identity. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "linkIdentity",
      summary = "Link an identity to one's own account",
      description =
          "Begin a sign-in, and end it here with the password of the account. From then on the"
              + " identity signs in to the account. To link it again changes nothing.")
  @ApiResponse(
      responseCode = "201",
      description = "The identity",
      content = @Content(schema = @Schema(implementation = Identity.class)))
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "401", ref = "IdentitySignInFailed")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "409", ref = "AccountConflict")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public CompletionStage<Response> link(
      @Parameter(hidden = true) @Auth SignedIn caller, @NotNull @Valid NewIdentity request) {
    return identities
        .link(caller, request)
        .thenApply(linked -> Response.status(Response.Status.CREATED).entity(linked).build());
  }

  /** Removes an identity. */
  @DELETE
  @Path("{identityId}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "removeIdentity",
      summary = "Remove an identity from one's own account",
      description =
          "Needs the password, so a way to sign in remains. Ends all other sessions, on every"
              + " replica within 2 seconds.")
  @ApiResponse(responseCode = "204", description = "The identity is removed")
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "409", ref = "AccountConflict")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public CompletionStage<Response> remove(
      @Parameter(hidden = true) @Auth SignedIn caller,
      @PathParam("identityId") UUID identityId,
      @NotNull @Valid IdentityRemoval removal) {
    return identities
        .remove(caller, identityId, removal)
        .thenApply(done -> Response.noContent().build());
  }
}
