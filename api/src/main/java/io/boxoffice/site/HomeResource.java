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
import java.util.UUID;

/** Lets operators move the home of a concert between two sites that live. */
@Path("/v1/concerts/{concertId}/home")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sites")
public final class HomeResource {
  private final SiteService sites;

  HomeResource(SiteService sites) {
    this.sites = sites;
  }

  /** Moves the home. */
  @POST
  @RolesAllowed(Operator.ROLE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "moveHome",
      summary = "Move the home of a concert to a site",
      description =
          "The site that sells a concert moves it; the other site passes the request on. Requests"
              + " to buy get 503 `home-unknown` until both sites know the new home, mostly for less"
              + " than a second.")
  @SecurityRequirement(name = "operator")
  @ApiResponse(
      responseCode = "200",
      description = "The home, now or before",
      useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public Home move(@PathParam("concertId") UUID concertId, @NotNull @Valid NewHome home) {
    return sites.move(concertId, home.site(), home.reason());
  }
}
