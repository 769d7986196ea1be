package io.boxoffice.site;

import io.boxoffice.platform.auth.Operator;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Lets operators take a lost site over, and receive its changes again when it has returned. */
@Path("/v1/sites/{site}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sites")
@SecurityRequirement(name = "operator")
@ApiResponse(responseCode = "400", ref = "MalformedJson")
@ApiResponse(responseCode = "401", ref = "Unauthorized")
@ApiResponse(responseCode = "403", ref = "Forbidden")
@ApiResponse(responseCode = "404", ref = "NotFound")
@ApiResponse(responseCode = "503", ref = "Unavailable")
public final class SiteResource {
  private final SiteService sites;

  SiteResource(SiteService sites) {
    this.sites = sites;
  }

  /** Takes a site over. */
  @POST
  @Path("take-over")
  @RolesAllowed(Operator.ROLE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "takeOverSite",
      summary = "Move the homes of the other site here, because it is lost",
      description =
          "Send it to the site that lives, and never to both. From then on the lost site cannot"
              + " confirm a sale, also if it is only cut off. A further call moves what is left.")
  @ApiResponse(
      responseCode = "200",
      description = "This site sells all concerts",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public TakeOver takeOver(@PathParam("site") String site, @NotNull @Valid NewTakeOver takeOver) {
    return sites.takeOver(site, takeOver.reason());
  }

  /** Receives the changes of a site again. */
  @POST
  @Path("rejoin")
  @RolesAllowed(Operator.ROLE)
  @Operation(
      operationId = "rejoinSite",
      summary = "Receive the changes of a site again that was taken over",
      description =
          "Refused until that site has confirmed the new homes. What it committed before and never"
              + " confirmed to a client is listed as conflicts.")
  @ApiResponse(responseCode = "204", description = "Both sites replicate to each other")
  public void rejoin(@PathParam("site") String site) {
    sites.rejoin(site);
  }
}
