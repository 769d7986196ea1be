package io.boxoffice.partners.report;

import io.boxoffice.partners.http.Requests;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.error.ProblemMapper;
import io.boxoffice.platform.http.Page;
import io.boxoffice.platform.http.Prefer;
import io.boxoffice.purchase.IdempotencyKey;
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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Receives requests for reports, and shows them. */
@Path("/reports")
@Produces(MediaType.APPLICATION_JSON)
public final class ReportResource {
  private static final int RETRY_AFTER_SECONDS = 2;

  private final ReportService reports;
  private final ReportBook book;

  /** Serves the given parts. */
  ReportResource(ReportService reports, ReportBook book) {
    this.reports = reports;
    this.book = book;
  }

  /** Makes a report, or answers with the one of the key: at its end, or when the client prefers. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> request(
      @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
      @HeaderParam(Prefer.HEADER) List<String> preferences,
      @NotNull @Valid NewReport request) {
    Prefer prefer = Prefer.parse(preferences);
    return reports
        .request(Requests.requiredKey(idempotencyKey), request)
        .thenCompose(
            accepted ->
                waited(accepted.report(), prefer)
                    .thenApply(report -> answer(report, accepted.replayed(), prefer)));
  }

  private CompletionStage<Report> waited(Report report, Prefer prefer) {
    Duration none = prefer.respondAsync() ? Duration.ZERO : Prefer.MOST_WAIT;
    Duration wait = prefer.longestWait().orElse(none);
    return wait.isZero()
        ? CompletableFuture.completedStage(report)
        : reports.end(report.id(), wait);
  }

  private static Response answer(Report report, boolean replayed, Prefer prefer) {
    Response.ResponseBuilder response =
        switch (report.state()) {
          case DONE -> Requests.made(replayed, report);
          case QUEUED ->
              Response.accepted(report).header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
          case FAILED -> ProblemMapper.responseOf(failed(report));
        };
    response
        .header(HttpHeaders.LOCATION, "/reports/" + report.id())
        .header(HttpHeaders.VARY, Prefer.HEADER);
    prefer.applied().ifPresent(applied -> response.header(Prefer.APPLIED, applied));
    return response.build();
  }

  private static ProblemException failed(Report report) {
    return ProblemException.retryable(
        ProblemCode.UNAVAILABLE,
        "The report failed: %s. A request with its key tries it again.".formatted(report.failure()),
        RETRY_AFTER_SECONDS);
  }

  /** Shows one report. */
  @GET
  @Path("{reportId}")
  public Report get(@PathParam("reportId") UUID reportId) {
    return Requests.found("report", book.report(reportId));
  }

  /** Shows a page of the ledger, in the order in which reports were accepted. */
  @GET
  public Page<Report> list(
      @QueryParam("since") String since,
      @QueryParam("after") UUID after,
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT)
          int limit) {
    return Requests.found(book.page(Requests.time("since", since), after, limit));
  }
}
