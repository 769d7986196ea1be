package io.boxoffice.gate;

import io.boxoffice.gate.store.GateStore;
import io.boxoffice.platform.auth.GateDevice;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import java.util.function.Predicate;

/** Shows how many people are at a concert. */
@Path("/v1/concerts/{concertId}/attendance")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Gates")
public final class AttendanceResource {
  private static final int MOST_MINUTES = 1_440;
  private static final String USUAL_MINUTES = "60";

  private final GateStore store;
  private final Predicate<UUID> concerts;

  /**
   * Serves attendances.
   *
   * @param concerts whether there is a concert with this id
   */
  AttendanceResource(GateStore store, Predicate<UUID> concerts) {
    this.store = store;
    this.concerts = concerts;
  }

  /** Reads the attendance. */
  @GET
  @RolesAllowed(GateDevice.ROLE)
  @Operation(
      operationId = "getAttendance",
      summary = "Read how many people are at a concert: in total, by gate and per minute")
  @SecurityRequirement(name = "gate")
  @SecurityRequirement(name = "operator")
  @ApiResponse(responseCode = "200", description = "The attendance", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", ref = "BadRequest")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public Attendance get(
      @PathParam("concertId") UUID concertId,
      @QueryParam("minutes")
          @DefaultValue(USUAL_MINUTES)
          @Min(1)
          @Max(MOST_MINUTES)
          @Parameter(description = "How many of the last minutes with scans to show")
          int minutes) {
    if (!concerts.test(concertId)) {
      throw ProblemException.of(ProblemCode.NOT_FOUND, "There is no concert with this id.");
    }
    return Attendance.of(concertId, store.attendance(concertId, minutes));
  }
}
