package io.boxoffice.site.conflict;

import io.boxoffice.platform.auth.Operator;
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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** Shows operators which changes of one site the other one did not accept. */
@Path("/v1/conflicts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sites")
public final class ConflictResource {
  private final Conflicts conflicts;

  /** Serves the given conflicts. */
  public ConflictResource(Conflicts conflicts) {
    this.conflicts = conflicts;
  }

  /** Describes a page in the contract. */
  @Schema(
      name = "ConflictPage",
      requiredProperties = {"items", "next"})
  private record ConflictPage(
      List<Conflict> items, @Schema(types = {"string", "null"}) UUID next) {}

  /** Lists conflicts. */
  @GET
  @RolesAllowed(Operator.ROLE)
  @Operation(
      operationId = "listConflicts",
      summary = "Read which changes of one of two sites the other one did not accept",
      description =
          "A shop of one site has none. A conflict of the kind `sale` was never confirmed to its"
              + " client.")
  @SecurityRequirement(name = "operator")
  @ApiResponse(
      responseCode = "200",
      description = "A page of conflicts",
      content = @Content(schema = @Schema(implementation = ConflictPage.class)))
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public Page<Conflict> list(
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @QueryParam("after") @Parameter(description = "`next` of the page before") UUID after) {
    return conflicts.page(after, limit);
  }
}
