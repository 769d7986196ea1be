package io.boxoffice.concert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import io.boxoffice.partner.FollowUp;
import io.boxoffice.partner.Partner;
import io.boxoffice.partner.PartnerClient;
import io.boxoffice.partner.PartnerModule;
import io.boxoffice.partner.PartnerRequest;
import io.boxoffice.partner.analytics.Analytics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Tells partners about each change of a concert: the search, and the analytics, which counts
 * changes. The search orders them by the version of the concert.
 */
final class ConcertPartners {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<EventType> CHANGES = Set.of(EventType.CONCERT_CHANGED);

  /** The changes of a batch are sent side by side. */
  private static final int BATCH = 20;

  private static final Set<String> REMOVALS = Set.of("deleted", "cancelled");
  private static final List<String> TEXTS = List.of("title", "artist", "venue", "startsAt");

  private ConcertPartners() {}

  static void follow(PartnerModule partners) {
    partners
        .client(Partner.SEARCH)
        .ifPresent(
            search ->
                partners
                    .followUps()
                    .add(
                        FollowUp.toPartner(
                            "concert-search",
                            CHANGES,
                            BATCH,
                            FollowUp.Call.each(event -> index(search, event)))));
    partners
        .client(Partner.ANALYTICS)
        .map(Analytics::new)
        .ifPresent(
            analytics ->
                partners
                    .followUps()
                    .add(
                        FollowUp.toPartner(
                            "concert-analytics",
                            CHANGES,
                            Analytics.MOST_EVENTS,
                            events ->
                                analytics.count(
                                    events.stream().map(ConcertPartners::change).toList()))));
  }

  private static Analytics.Entry change(Event event) {
    return new Analytics.Entry(event.id(), "concert-change", event.subject(), 1, event.time());
  }

  /** A deleted or cancelled concert is found no more. */
  private static CompletionStage<?> index(PartnerClient search, Event event) {
    JsonNode data = data(event);
    String path = "concerts/" + event.subject();
    long version = data.path("version").asLong();
    return search.send(
        REMOVALS.contains(data.path("change").asText())
            ? PartnerRequest.delete(path + "?version=" + version, event.id())
            : PartnerRequest.put(
                path,
                event.id(),
                Map.of(
                    "version",
                    version,
                    "concert",
                    TEXTS.stream()
                        .collect(
                            Collectors.toMap(name -> name, name -> data.path(name).asText())))));
  }

  private static JsonNode data(Event event) {
    try {
      return JSON.readTree(event.data());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("The data of an event is no JSON.", impossible);
    }
  }
}
