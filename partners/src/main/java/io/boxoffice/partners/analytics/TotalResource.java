package io.boxoffice.partners.analytics;

import io.boxoffice.platform.http.Page;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** Shows what was counted of all concerts: the ledger of the analytics partner. */
@Path("/totals")
@Produces(MediaType.APPLICATION_JSON)
public final class TotalResource {
  private final AnalyticsBook book;

  /** Shows the given book. */
  TotalResource(AnalyticsBook book) {
    this.book = book;
  }

  /** Shows a page of the sums, in the order of the concerts' ids. */
  @GET
  public Page<AnalyticsBook.Total> list(
      @QueryParam("after") UUID after,
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT)
          int limit) {
    return book.totals(after, limit);
  }
}
