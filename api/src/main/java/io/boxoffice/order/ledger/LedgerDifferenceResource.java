package io.boxoffice.order.ledger;

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

/** Shows operators which orders differ from the partner's ledger. */
@Path("/v1/ledger-differences")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders")
public final class LedgerDifferenceResource {
  private final StoredDifferences differences;

  /** Serves the given differences. */
  LedgerDifferenceResource(StoredDifferences differences) {
    this.differences = differences;
  }

  /** Describes a page in the contract. */
  @Schema(
      name = "LedgerDifferencePage",
      requiredProperties = {"items", "next"})
  private record LedgerDifferencePage(
      List<LedgerDifference> items, @Schema(types = {"string", "null"}) UUID next) {}

  /** Lists differences. */
  @GET
  @RolesAllowed(Operator.ROLE)
  @Operation(
      operationId = "listLedgerDifferences",
      summary = "Read where the shop's money and the payment partner's ledger differ, oldest first",
      description =
          "The list has 1,000 differences at most. A comparison removes those that are settled.")
  @SecurityRequirement(name = "operator")
  @ApiResponse(
      responseCode = "200",
      description = "A page of differences",
      content = @Content(schema = @Schema(implementation = LedgerDifferencePage.class)))
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public Page<LedgerDifference> list(
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @QueryParam("after") @Parameter(description = "`next` of the page before") UUID after) {
    return differences.page(after, limit);
  }
}
