package io.boxoffice.partners.search;

import io.boxoffice.platform.http.Page;
import io.boxoffice.platform.http.strict.PlainText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Answers searches. */
@Path("/search")
@Produces(MediaType.APPLICATION_JSON)
public final class SearchResource {
  private static final int MOST_OFFSET = 900;

  private final SearchIndex index;
  private final SearchMetrics metrics;

  /** Serves the given index. */
  SearchResource(SearchIndex index, SearchMetrics metrics) {
    this.index = index;
    this.metrics = metrics;
  }

  /** Finds the concerts that have every word of a text, the best first. */
  @GET
  public SearchIndex.Hits search(
      @QueryParam("q") @NotNull @Size(max = 200) @PlainText String text,
      @QueryParam("offset") @DefaultValue("0") @Min(0) @Max(MOST_OFFSET) int offset,
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT)
          int limit) {
    SearchIndex.Hits hits = index.search(text, offset, limit);
    metrics.searched();
    return hits;
  }
}
