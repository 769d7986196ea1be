package io.boxoffice.gate;

import io.boxoffice.gate.store.GateStore;
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

/** Shows operators which people gates without network let in although the shop refuses them. */
@Path("/v1/scan-conflicts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Gates")
public final class ScanConflictResource {
  private final GateStore store;

  ScanConflictResource(GateStore store) {
    this.store = store;
  }

  /** Describes a page in the contract. */
  @Schema(
      name = "ScanConflictPage",
      requiredProperties = {"items", "next"})
  private record ScanConflictPage(
      List<ScanConflict> items, @Schema(types = {"string", "null"}) UUID next) {}

  /** Lists conflicts. */
  @GET
  @RolesAllowed(Operator.ROLE)
  @Operation(
      operationId = "listScanConflicts",
      summary = "List scans by which gates without network let people in that the shop refuses",
      description = "The oldest first. Both scans are kept; nothing is merged.")
  @SecurityRequirement(name = "operator")
  @ApiResponse(
      responseCode = "200",
      description = "A page of conflicts",
      content = @Content(schema = @Schema(implementation = ScanConflictPage.class)))
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public Page<ScanConflict> list(
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @QueryParam("after") @Parameter(description = "`next` of the page before") UUID after) {
    List<ScanConflict> found =
        store.conflicts(after, limit + 1).stream().map(ScanConflict::of).toList();
    return Page.cut(found, limit, ScanConflict::id);
  }
}
