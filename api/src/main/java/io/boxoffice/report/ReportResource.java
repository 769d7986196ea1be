package io.boxoffice.report;

import io.boxoffice.platform.auth.Operator;
import io.boxoffice.platform.database.read.ReadResult;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.error.ProblemMapper;
import io.boxoffice.platform.http.Page;
import io.boxoffice.platform.http.Prefer;
import io.boxoffice.purchase.IdempotencyKey;
import io.boxoffice.report.ReportService.Requested;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Receives operators' requests for reports, and shows the reports. */
@Path("/v1/reports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
@RolesAllowed(Operator.ROLE)
@SecurityRequirement(name = "operator")
@ApiResponse(responseCode = "400", ref = "BadRequest")
@ApiResponse(responseCode = "401", ref = "Unauthorized")
@ApiResponse(responseCode = "403", ref = "Forbidden")
@ApiResponse(responseCode = "422", ref = "ValidationFailed")
@ApiResponse(responseCode = "503", ref = "Unavailable")
public final class ReportResource {
  private static final int RETRY_AFTER_SECONDS = 2;
  private static final int RETRY_AFTER_FAILURE_SECONDS = 5;

  private final ReportService reports;

  ReportResource(ReportService reports) {
    this.reports = reports;
  }

  /** Describes a page in the contract. */
  @Schema(
      name = "ReportPage",
      requiredProperties = {"items", "next"})
  private record ReportPage(List<Report> items, @Schema(types = {"string", "null"}) UUID next) {}

  /** Requests a report. */
  @POST
  @RolesAllowed(Operator.ROLE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "requestReport",
      summary = "Request a signed statement about all tickets of a concert",
      description =
          "The report partner makes it. The setting `COMMUNICATION` decides whether the answer waits"
              + " for it: 60 seconds at most, or N seconds with `Prefer: wait=N`, or not at all with"
              + " `Prefer: respond-async`. Read the report after a 202. With an Idempotency-Key, a"
              + " retry gets the same report, as long as that is kept.")
  @ApiResponse(
      responseCode = "201",
      description = "The report is DONE",
      headers = {
        @Header(name = "Location", schema = @Schema(type = "string")),
        @Header(
            name = "Idempotency-Replayed",
            description = "`true` when the key's report was requested before",
            schema = @Schema(type = "string")),
        @Header(name = "Preference-Applied", schema = @Schema(type = "string"))
      },
      content = @Content(schema = @Schema(implementation = Report.class)))
  @ApiResponse(
      responseCode = "202",
      description = "The report is QUEUED",
      headers = {
        @Header(name = "Location", schema = @Schema(type = "string")),
        @Header(name = "Retry-After", schema = @Schema(type = "integer")),
        @Header(name = "Preference-Applied", schema = @Schema(type = "string"))
      },
      content = @Content(schema = @Schema(implementation = Report.class)))
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  public CompletionStage<Response> request(
      @HeaderParam(IdempotencyKey.HEADER)
          @Parameter(description = "1 to 255 visible ASCII characters, bare or quoted")
          String idempotencyKey,
      @HeaderParam(Prefer.HEADER) @Parameter(hidden = true) List<String> preferences,
      @NotNull @Valid NewReport report) {
    Prefer prefer = Prefer.parse(preferences);
    Duration standard = prefer.respondAsync() ? Duration.ZERO : Prefer.MOST_WAIT;
    return reports
        .request(
            report.concertId(),
            IdempotencyKey.parse(idempotencyKey),
            prefer.longestWait().orElse(standard))
        .thenApply(requested -> answer(requested, prefer));
  }

  private static Response answer(Requested requested, Prefer prefer) {
    Report report = requested.report();
    Response.ResponseBuilder response =
        switch (report.state()) {
          case DONE -> Response.status(Response.Status.CREATED).entity(report);
          case QUEUED ->
              Response.accepted(report).header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
          case FAILED -> ProblemMapper.responseOf(failed(report));
        };
    response.header(HttpHeaders.LOCATION, "/v1/reports/" + report.id());
    if (requested.replayed()) {
      response.header("Idempotency-Replayed", "true");
    }
    return preferred(response, prefer);
  }

  private static ProblemException failed(Report report) {
    return ProblemException.retryable(
        ProblemCode.REPORT_UNAVAILABLE,
        "The report was not made: %s.".formatted(report.failure()),
        RETRY_AFTER_FAILURE_SECONDS,
        Map.of("reason", report.failure()));
  }

  private static Response preferred(Response.ResponseBuilder response, Prefer prefer) {
    response.header(HttpHeaders.VARY, Prefer.HEADER);
    prefer.applied().ifPresent(applied -> response.header(Prefer.APPLIED, applied));
    return response.build();
  }

  /** Reads a report. */
  @GET
  @Path("{reportId}")
  @RolesAllowed(Operator.ROLE)
  @Operation(
      operationId = "getReport",
      summary = "Read a report",
      description =
          "With `Prefer: wait=N`, a report that is QUEUED is returned when it ends, or after N"
              + " seconds (60 at most).")
  @ApiResponse(
      responseCode = "200",
      description = "The report",
      headers =
          @Header(
              name = "Preference-Applied",
              description = "The preferences that were honoured",
              schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = Report.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public CompletionStage<Response> get(
      @HeaderParam(Prefer.HEADER) @Parameter(hidden = true) List<String> preferences,
      @PathParam("reportId") UUID reportId) {
    Prefer wait = new Prefer(false, Prefer.parse(preferences).longestWait());
    return reports
        .get(reportId, wait.longestWait().orElse(Duration.ZERO))
        .thenApply(report -> preferred(Response.ok(report), wait));
  }

  /** Lists reports. */
  @GET
  @RolesAllowed(Operator.ROLE)
  @Operation(operationId = "listReports", summary = "List reports, oldest first")
  @ApiResponse(
      responseCode = "200",
      description = "A page of reports",
      headers =
          @Header(
              name = ReadResult.AGE,
              description = ReadResult.AGE_DESCRIPTION,
              schema = @Schema(type = "integer")),
      content = @Content(schema = @Schema(implementation = ReportPage.class)))
  public Response list(
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @QueryParam("after") @Parameter(description = "`next` of the page before") UUID after) {
    ReadResult<Page<Report>> page = reports.list(after, limit);
    return Response.ok(page.value()).header(ReadResult.AGE, page.ageSeconds()).build();
  }
}
