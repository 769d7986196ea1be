package io.boxoffice.account.address;

import io.boxoffice.platform.auth.SignedIn;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** Serves the change of one's own mail address over HTTP. */
@Path("/v1/accounts/me/email-changes")
@Produces(MediaType.APPLICATION_JSON)
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
public final class AddressResource {
  private final AddressService addresses;

  /** Changes addresses through the given service. */
  public AddressResource(AddressService addresses) {
    this.addresses = addresses;
  }

  /** Asks for another address. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "requestEmailChange",
      summary = "Ask for another mail address",
      description =
          "Needs the password. Sends a mail with a one-time code to the new address and a warning to"
              + " the present one. The answer is the same for an address that has an account; its"
              + " mail says so. Another request, and another password, make the code invalid.")
  @ApiResponse(responseCode = "202", description = "The mails are on their way")
  @ApiResponse(responseCode = "409", ref = "AccountConflict")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public CompletionStage<Response> request(
      @Parameter(hidden = true) @Auth SignedIn caller, @NotNull @Valid NewAddress request) {
    return addresses.request(caller, request).thenApply(done -> Response.accepted().build());
  }

  /** Changes the address. */
  @POST
  @Path("confirmation")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "confirmEmailChange",
      summary = "Change the mail address, with the code of the mail",
      description =
          "The code works once, with a session of the account that asked for it. All other sessions"
              + " end, on every replica within 2 seconds.")
  @ApiResponse(responseCode = "204", description = "The account has the new address")
  public void confirm(
      @Parameter(hidden = true) @Auth SignedIn caller,
      @NotNull @Valid AddressConfirmation confirmation) {
    addresses.confirm(caller, confirmation);
  }
}
