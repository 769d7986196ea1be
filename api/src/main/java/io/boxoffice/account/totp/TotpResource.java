package io.boxoffice.account.totp;

import io.boxoffice.platform.auth.SignedIn;
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
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** Serves the second factor of the caller's account over HTTP. */
@Path("/v1/accounts/me/totp")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(SignedIn.ROLE)
@SecurityRequirement(name = "session")
@Tag(name = "Accounts")
@ApiResponse(responseCode = "400", ref = "MalformedJson")
@ApiResponse(responseCode = "401", ref = "Unauthorized")
@ApiResponse(responseCode = "403", ref = "Forbidden")
@ApiResponse(responseCode = "404", ref = "NotFound")
@ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
@ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
@ApiResponse(responseCode = "422", ref = "ValidationFailed")
public final class TotpResource {
  private final TotpService factors;

  /** Serves the factors of the given service. */
  public TotpResource(TotpService factors) {
    this.factors = factors;
  }

  /** Creates a pending factor. */
  @POST
  @Operation(
      operationId = "createTotp",
      summary = "Get the secret of a second factor",
      description =
          "Needs the password. Sign-in is as before until a code confirms the secret. A second call"
              + " replaces a secret that is not confirmed.")
  @ApiResponse(
      responseCode = "201",
      description = "The secret for an authenticator app (RFC 6238: SHA-1, 6 digits, 30 seconds)",
      content = @Content(schema = @Schema(implementation = PendingTotp.class)))
  @ApiResponse(responseCode = "409", ref = "SecondFactorActive")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public CompletionStage<Response> create(
      @Parameter(hidden = true) @Auth SignedIn caller, @NotNull @Valid NewTotp request) {
    return factors
        .create(caller, request)
        .thenApply(pending -> Response.status(Response.Status.CREATED).entity(pending).build());
  }

  /** Switches the factor on. */
  @POST
  @Path("confirmation")
  @Operation(
      operationId = "confirmTotp",
      summary = "Switch the second factor on, with a code of the app",
      description =
          "From now on, a sign-in with the password needs a code. All other sessions end, on every"
              + " replica within 2 seconds. The recovery codes are shown only here.")
  @ApiResponse(
      responseCode = "200",
      description = "Ten recovery codes, each for one use",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "409", ref = "SecondFactorActive")
  public RecoveryCodes confirm(
      @Parameter(hidden = true) @Auth SignedIn caller, @NotNull @Valid TotpConfirmation request) {
    return factors.confirm(caller, request);
  }

  /** Switches the factor off. */
  @DELETE
  @Operation(
      operationId = "deleteTotp",
      summary = "Switch the second factor off",
      description =
          "Needs the password and, if the factor is active, a code of the app or a recovery code."
              + " All other sessions end, on every replica within 2 seconds.")
  @ApiResponse(responseCode = "204", description = "Sign-in needs the password only")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public CompletionStage<Response> delete(
      @Parameter(hidden = true) @Auth SignedIn caller, @NotNull @Valid TotpRemoval request) {
    return factors.delete(caller, request).thenApply(done -> Response.noContent().build());
  }
}
