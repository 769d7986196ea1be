package io.boxoffice.partners.analytics;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Receives events. Each has an id, so that the request needs no key. */
@Path("/events")
@Produces(MediaType.APPLICATION_JSON)
public final class EventResource {
  /** As many as fit into 64 KiB. */
  private static final int MOST_EVENTS = 300;

  /** Holds the body of a request: events of any concerts, in any order. */
  public record NewEvents(
      @NotNull @Size(min = 1, max = MOST_EVENTS) List<@NotNull @Valid Event> events) {}

  private final AnalyticsService analytics;

  /** Serves the given part. */
  EventResource(AnalyticsService analytics) {
    this.analytics = analytics;
  }

  /** Counts events, except those that were counted before. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<AnalyticsService.Answer> receive(@NotNull @Valid NewEvents body) {
    return analytics.count(body.events());
  }
}
