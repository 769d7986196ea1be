package io.boxoffice.pageview;

import io.boxoffice.platform.error.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Receives reports of page views. Everyone may send them. */
@Path("/v1/page-views")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Concerts")
public final class PageViewResource {
  private final Predicate<UUID> concerts;
  private final PageViewWriter writer;
  private final Response.Status success;
  private final Clock clock;

  /**
   * Hands views to the given writer.
   *
   * @param concerts whether there is a concert with this id
   * @param success the status when the writer has ended
   */
  PageViewResource(
      Predicate<UUID> concerts, PageViewWriter writer, Response.Status success, Clock clock) {
    this.concerts = concerts;
    this.writer = writer;
    this.success = success;
    this.clock = clock;
  }

  /** Counts a view. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "viewPage",
      summary = "Report that the page of a concert was viewed",
      description =
          "The setting `COMMUNICATION` decides when the answer is sent. A view that was answered with"
              + " 202 can be lost if the service is killed within the next moment.")
  @ApiResponse(responseCode = "201", description = "The view is stored")
  @ApiResponse(responseCode = "202", description = "The view is accepted, and stored in a moment")
  @ApiResponse(responseCode = "400", ref = "MalformedJson")
  @ApiResponse(responseCode = "413", ref = "PayloadTooLarge")
  @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "ValidationFailed")
  @ApiResponse(responseCode = "503", ref = "Unavailable")
  public CompletionStage<Response> view(@NotNull @Valid NewPageView view) {
    if (!concerts.test(view.concertId())) {
      throw ProblemException.invalid("concertId", "must be a concert");
    }
    return writer
        .write(new PageView(view.concertId(), clock.instant().truncatedTo(ChronoUnit.MICROS)))
        .thenApply(taken -> Response.status(success).build());
  }
}
