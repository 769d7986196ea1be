package io.boxoffice.gate;

import io.boxoffice.gate.scan.ScanReader;
import io.boxoffice.gate.state.EntryWindow;
import io.boxoffice.gate.store.GateStore;
import io.boxoffice.platform.auth.Operator;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;

/** Shows when the gates of a concert let people in; operators set it. */
@Path("/v1/concerts/{concertId}/entry")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Gates")
@ApiResponse(responseCode = "404", ref = "NotFound")
@ApiResponse(responseCode = "503", ref = "Unavailable")
public final class EntryResource {
  private final GateStore store;

  EntryResource(GateStore store) {
    this.store = store;
  }

  /** Reads the entry window. */
  @GET
  @Operation(
      operationId = "getEntry",
      summary = "Read when the gates of a concert let people in",
      description =
          "If no operator has set it: from 3 hours before the start until 6 hours after it, once.")
  @ApiResponse(responseCode = "200", description = "The entry window", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  public Entry get(@PathParam("concertId") UUID concertId) {
    return answer(concertId, store.entry(concertId));
  }

  /** Sets the entry window. */
  @PUT
  @RolesAllowed(Operator.ROLE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "putEntry", summary = "Set when the gates of a concert let people in")
  @SecurityRequirement(name = "operator")
  @ApiResponse(responseCode = "200", description = "The entry window", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  public Entry put(@PathParam("concertId") UUID concertId, @NotNull @Valid NewEntry entry) {
    if (!ScanReader.isUsable(entry.opensAt())) {
      throw ProblemException.invalid("opensAt", "must not be before 1970");
    }
    if (!entry.opensAt().isBefore(entry.closesAt())) {
      throw ProblemException.invalid("closesAt", "must be later than opensAt");
    }
    EntryWindow window =
        new EntryWindow(entry.opensAt(), entry.closesAt(), Boolean.TRUE.equals(entry.reEntry()));
    return answer(concertId, store.putEntry(concertId, window));
  }

  private static Entry answer(UUID concertId, Optional<EntryWindow> window) {
    return Entry.of(
        concertId,
        window.orElseThrow(
            () -> ProblemException.of(ProblemCode.NOT_FOUND, "There is no concert with this id.")));
  }
}
