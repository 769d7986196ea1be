package io.boxoffice.partners.analytics;

import io.boxoffice.partners.http.Requests;
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

/** Shows what was counted of a concert. */
@Path("/concerts")
@Produces(MediaType.APPLICATION_JSON)
public final class FigureResource {
  private static final int MINUTES_OF_A_DAY = 1_440;

  private final AnalyticsBook book;

  /** Shows the given book. */
  FigureResource(AnalyticsBook book) {
    this.book = book;
  }

  /** Shows the minutes of a concert that have counts. */
  @GET
  @Path("{concertId}/minutes")
  public AnalyticsBook.Minutes minutes(
      @PathParam("concertId") UUID concertId,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("limit") @DefaultValue("60") @Min(1) @Max(MINUTES_OF_A_DAY) int limit) {
    return Requests.found(
        "concert with counts",
        book.minutes(concertId, Requests.time("from", from), Requests.time("to", to), limit));
  }

  /** Shows the sum of all minutes of a concert. */
  @GET
  @Path("{concertId}/total")
  public AnalyticsBook.Total total(@PathParam("concertId") UUID concertId) {
    return Requests.found("concert with counts", book.total(concertId));
  }
}
