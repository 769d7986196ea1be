package io.boxoffice.gate.scan;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.gate.scan.ScanReader.Item;
import io.boxoffice.gate.state.DeviceClock;
import io.boxoffice.platform.auth.GateDevice;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.NdJson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.List;

/** Receives scans of gates' devices. */
@Path("/v1/scans")
@Tag(name = "Gates")
public final class ScanResource {
  private final ScanService scans;
  private final ObjectMapper json;

  ScanResource(ScanService scans, ObjectMapper json) {
    this.scans = scans;
    this.json = json;
  }

  /**
   * Shows what became of the scans of a batch.
   *
   * @param results one for each scan, in the order of the request
   */
  @Schema(requiredProperties = {"results"})
  record ScanResults(List<ScanAnswer> results) {}

  /** Applies a batch. */
  @POST
  @RolesAllowed(GateDevice.ROLE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "scan",
      summary = "Apply scans of tickets at gates, in the order of each gate's device",
      description =
          "Each scan has a result of its own. A repeated scan is not applied again and has the same"
              + " result. A scan that arrives before an earlier one of its series is `parked`, and"
              + " applied with that one. With `application/x-ndjson`, each line is a scan: up to 10,000,"
              + " applied in chunks of 1,000. The answer then has a line for each, and a last line"
              + " whose `end` is `complete`, `limit` (send the rest in another request) or `failure`"
              + " (send the same request again). A line with only `deviceTime` sets the clock.",
      requestBody =
          @RequestBody(
              required = true,
              content = {
                @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = NewScans.class)),
                @Content(mediaType = NdJson.TYPE, schema = @Schema(type = "string"))
              }))
  @SecurityRequirement(name = "gate")
  @SecurityRequirement(name = "operator")
  @ApiResponse(
      responseCode = "200",
      description = "What became of each scan",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ScanResults.class)),
        @Content(mediaType = NdJson.TYPE, schema = @Schema(type = "string"))
      })
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "401", ref = "Unauthorized")
  @ApiResponse(responseCode = "403", ref = "Forbidden")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public ScanResults scan(@NotNull @Valid NewScans batch) {
    if (batch.deviceTime() != null && !ScanReader.isUsable(batch.deviceTime())) {
      throw ProblemException.invalid("deviceTime", "must not be before 1970");
    }
    DeviceClock clock = scans.clock(batch.deviceTime());
    List<Item> items = batch.scans().stream().map(item -> scans.read(item, clock)).toList();
    return new ScanResults(scans.apply(items));
  }

  /** Applies lines. The first chunk decides the status of the response. */
  @POST
  @RolesAllowed(GateDevice.ROLE)
  @Consumes(NdJson.TYPE)
  @Produces(NdJson.TYPE)
  @Operation(hidden = true)
  public Response scanLines(@Context HttpServletRequest request, @NotNull byte[] body)
      throws IOException {
    ScanLines lines = new ScanLines(json, scans, body, request.getAttribute(NdJson.CUT) != null);
    List<ScanAnswer> first = lines.next();
    StreamingOutput output = out -> lines.write(first, out);
    return Response.ok(output).build();
  }
}
