package io.boxoffice.account;

import io.boxoffice.platform.auth.Operator;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** Serves any account to operators over HTTP, and gives accounts the role of an operator. */
@Path("/v1/accounts/{accountId}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Operator.ROLE)
@SecurityRequirement(name = "operator")
@Tag(name = "Accounts")
@ApiResponse(responseCode = "401", ref = "Unauthorized")
@ApiResponse(responseCode = "403", ref = "Forbidden")
@ApiResponse(responseCode = "404", ref = "NotFound")
public final class AccountResource {
  private final AccountService accounts;

  /** Serves the accounts of the given service. */
  public AccountResource(AccountService accounts) {
    this.accounts = accounts;
  }

  /** Reads an account. */
  @GET
  @Operation(operationId = "getAccount", summary = "Read an account")
  @ApiResponse(responseCode = "200", description = "The account", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  public Account get(@PathParam("accountId") UUID accountId) {
    return accounts.get(accountId);
  }

  /** Changes the role. */
  @PATCH
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changeRole",
      summary = "Give an account the role OPERATOR or BUYER",
      description = "A change ends the sessions of the account; the next sign-in has the new role.")
  @ApiResponse(responseCode = "200", description = "The account", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public Account change(@PathParam("accountId") UUID accountId, @NotNull @Valid RoleChange change) {
    return accounts.change(accountId, change);
  }
}
