package io.boxoffice.pageview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import io.boxoffice.partner.FollowUp;
import io.boxoffice.partner.Partner;
import io.boxoffice.partner.PartnerModule;
import io.boxoffice.partner.analytics.Analytics;
import java.util.Set;

/**
 * Lets the analytics partner count page views. Consumers of events do so in each way to
 * communicate, because a batch of views must not wait for a partner.
 */
final class PageViewFigures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PageViewFigures() {}

  /** Follows page views if there is an analytics partner. */
  static void install(PartnerModule partners) {
    partners
        .client(Partner.ANALYTICS)
        .map(Analytics::new)
        .ifPresent(
            analytics ->
                partners
                    .followUps()
                    .add(
                        FollowUp.toPartner(
                                "page-view-analytics",
                                Set.of(EventType.PAGE_VIEWED),
                                Analytics.MOST_EVENTS,
                                events ->
                                    analytics.count(
                                        events.stream().map(PageViewFigures::entry).toList()))
                            .byEvents()));
  }

  private static Analytics.Entry entry(Event event) {
    try {
      return new Analytics.Entry(
          event.id(),
          "page-view",
          event.key(),
          JSON.readTree(event.data()).path("views").asInt(),
          event.time());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("The data of an event is no JSON.", impossible);
    }
  }
}
