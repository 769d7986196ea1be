package io.boxoffice.account;

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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** Serves over HTTP what a mailed code does: it creates an account or sets another password. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
@ApiResponse(responseCode = "400", ref = "MalformedJson")
@ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
@ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
@ApiResponse(responseCode = "422", ref = "ValidationFailed")
public final class RegistrationResource {
  private final RegistrationService registrations;

  /** Registers through the given service. */
  public RegistrationResource(RegistrationService registrations) {
    this.registrations = registrations;
  }

  /** Registers. */
  @POST
  @Path("accounts")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "register",
      summary = "Ask for an account",
      description =
          "Sends a mail with a one-time code to the address. The answer is the same for an address"
              + " that has an account; its mail says so.")
  @ApiResponse(responseCode = "202", description = "A mail is on its way")
  public Response register(@NotNull @Valid Recipient request) {
    registrations.register(request);
    return Response.accepted().build();
  }

  /** Verifies an address. */
  @POST
  @Path("account-verifications")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "verifyAccount",
      summary = "Create the account, with the code of the mail and a password",
      description = "The code works once. A password that is not allowed leaves it valid.")
  @ApiResponse(
      responseCode = "201",
      description = "The account",
      content = @Content(schema = @Schema(implementation = Account.class)))
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public CompletionStage<Response> verify(@NotNull @Valid NewPassword request) {
    return registrations
        .verify(request)
        .thenApply(account -> Response.status(Response.Status.CREATED).entity(account).build());
  }

  /** Asks for another password. */
  @POST
  @Path("password-resets")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "requestPasswordReset",
      summary = "Ask for another password",
      description =
          "Sends a mail with a one-time code to the address. The answer is the same for an address"
              + " without an account; its mail says so.")
  @ApiResponse(responseCode = "202", description = "A mail is on its way")
  public Response requestReset(@NotNull @Valid Recipient request) {
    registrations.requestReset(request);
    return Response.accepted().build();
  }

  /** Sets another password. */
  @POST
  @Path("password-resets/confirmation")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "resetPassword",
      summary = "Set another password, with the code of the mail",
      description =
          "The code works once. All sessions of the account end, on every replica within 2 seconds.")
  @ApiResponse(responseCode = "204", description = "The password is set")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public CompletionStage<Response> reset(@NotNull @Valid NewPassword request) {
    return registrations.reset(request).thenApply(done -> Response.noContent().build());
  }
}
