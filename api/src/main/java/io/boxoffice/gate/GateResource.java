package io.boxoffice.gate;

import io.boxoffice.gate.scan.ScanReader;
import io.boxoffice.gate.scan.ScanService;
import io.boxoffice.gate.state.Series;
import io.boxoffice.gate.store.GateStore;
import io.boxoffice.platform.auth.GateDevice;
import io.boxoffice.platform.auth.Operator;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** Lets operators register gates, and shows how far the scans of each are applied. */
@Path("/v1/gates")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Gates")
@ApiResponse(responseCode = "400", ref = "BadRequest")
@ApiResponse(responseCode = "401", ref = "Unauthorized")
@ApiResponse(responseCode = "403", ref = "Forbidden")
@ApiResponse(responseCode = "422", ref = "ValidationFailed")
@ApiResponse(responseCode = "503", ref = "Unavailable")
public final class GateResource {
  private final GateStore store;
  private final ScanService scans;
  private final Predicate<UUID> concerts;

  /**
   * Serves gates.
   *
   * @param concerts whether there is a concert with this id
   */
  GateResource(GateStore store, ScanService scans, Predicate<UUID> concerts) {
    this.store = store;
    this.scans = scans;
    this.concerts = concerts;
  }

  /**
   * Shows a page of gates.
   *
   * @param next the value of {@code after} for the next page; null on the last one
   */
  @Schema(requiredProperties = {"items", "next"})
  record GatePage(List<Gate> items, @Schema(types = {"string", "null"}) String next) {}

  /** Shows how many scans that waited a skip has applied. */
  @Schema(requiredProperties = {"applied"})
  record Skipped(int applied) {}

  /** Registers a gate. */
  @PUT
  @Path("{gate}")
  @RolesAllowed(Operator.ROLE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "putGate", summary = "Register a gate, or give it another concert")
  @SecurityRequirement(name = "operator")
  @ApiResponse(responseCode = "200", description = "The gate", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  public Gate put(
      @PathParam("gate") @Pattern(regexp = ScanReader.GATE_NAME) String gate,
      @NotNull @Valid NewGate body) {
    if (!concerts.test(body.concertId())) {
      throw ProblemException.invalid("concertId", "must be a concert");
    }
    return Gate.of(store.putGate(gate, body.concertId()));
  }

  /** Reads a gate. */
  @GET
  @Path("{gate}")
  @RolesAllowed(GateDevice.ROLE)
  @Operation(
      operationId = "getGate",
      summary = "Read a gate and how far its scans are applied",
      description =
          "A device that has lost its count continues after `sequence`, or in a greater series.")
  @SecurityRequirement(name = "gate")
  @SecurityRequirement(name = "operator")
  @ApiResponse(responseCode = "200", description = "The gate", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Gate get(@PathParam("gate") @Pattern(regexp = ScanReader.GATE_NAME) String gate) {
    return store.gate(gate).map(Gate::of).orElseThrow(GateResource::notFound);
  }

  /** Lists gates. */
  @GET
  @RolesAllowed(GateDevice.ROLE)
  @Operation(operationId = "listGates", summary = "List gates by their names")
  @SecurityRequirement(name = "gate")
  @SecurityRequirement(name = "operator")
  @ApiResponse(responseCode = "200", description = "A page of gates", useReturnTypeSchema = true)
  public GatePage list(
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @QueryParam("after")
          @Pattern(regexp = ScanReader.GATE_NAME)
          @Parameter(description = "`next` of the page before")
          String after) {
    List<Gate> found = store.gates(after, limit + 1).stream().map(Gate::of).toList();
    return found.size() <= limit
        ? new GatePage(found, null)
        : new GatePage(found.subList(0, limit), found.get(limit - 1).name());
  }

  /** Gives up missing scans. */
  @POST
  @Path("{gate}/skip")
  @RolesAllowed(Operator.ROLE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "skipScans",
      summary = "Give up the scans that are missing before the first parked one of a series",
      description =
          "For a device that will never send them. What waits behind them is applied. A missing scan"
              + " that arrives later is `position-passed`. Without parked scans nothing happens.")
  @SecurityRequirement(name = "operator")
  @ApiResponse(responseCode = "200", description = "Done", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  public Skipped skip(
      @PathParam("gate") @Pattern(regexp = ScanReader.GATE_NAME) String gate,
      @NotNull @Valid Skip skip) {
    return new Skipped(scans.skip(new Series(gate, skip.series())));
  }

  private static ProblemException notFound() {
    return ProblemException.of(ProblemCode.NOT_FOUND, "There is no gate with this name.");
  }
}
