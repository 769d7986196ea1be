package io.boxoffice.partners.search;

import io.boxoffice.partners.http.Requests;
import io.boxoffice.platform.http.Page;
import io.boxoffice.purchase.IdempotencyKey;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Receives the changes of concerts, and shows the last one of each. */
@Path("/concerts")
@Produces(MediaType.APPLICATION_JSON)
public final class IndexedConcertResource {
  /**
   * Holds the body of a request to index a concert.
   *
   * @param version orders the changes of a concert
   */
  public record NewVersion(
      @NotNull @Min(0) @Max(MOST_VERSION) Long version, @NotNull @Valid ConcertText concert) {}

  /** The largest whole number that every JSON parser keeps. */
  private static final long MOST_VERSION = 9_007_199_254_740_991L;

  private final SearchService search;
  private final ConcertBook book;

  /** Serves the given parts. */
  IndexedConcertResource(SearchService search, ConcertBook book) {
    this.search = search;
    this.book = book;
  }

  /** Indexes a concert, unless it has this version or a newer one. */
  @PUT
  @Path("{concertId}")
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<SearchService.Answer> put(
      @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
      @PathParam("concertId") UUID concertId,
      @NotNull @Valid NewVersion body) {
    return search.change(
        Requests.requiredKey(idempotencyKey), concertId, body.version(), body.concert());
  }

  /** Removes a concert from the index, unless it has this version or a newer one. */
  @DELETE
  @Path("{concertId}")
  public CompletionStage<SearchService.Answer> delete(
      @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
      @PathParam("concertId") UUID concertId,
      @QueryParam("version") @NotNull @Min(0) @Max(MOST_VERSION) Long version) {
    return search.change(Requests.requiredKey(idempotencyKey), concertId, version, null);
  }

  /** Shows the last change of one concert. */
  @GET
  @Path("{concertId}")
  public ConcertChange get(@PathParam("concertId") UUID concertId) {
    return Requests.found("concert", book.last(concertId));
  }

  /** Shows a page of the ledger: the last change of each concert, in the order of their ids. */
  @GET
  public Page<ConcertChange> list(
      @QueryParam("since") String since,
      @QueryParam("after") UUID after,
      @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT)
          int limit) {
    return book.page(Requests.time("since", since), after, limit);
  }
}
