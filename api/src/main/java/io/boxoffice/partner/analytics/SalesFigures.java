package io.boxoffice.partner.analytics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import io.boxoffice.partner.FollowUp;
import io.boxoffice.partner.Partner;
import io.boxoffice.partner.PartnerModule;
import java.util.Set;

/**
 * Lets the analytics partner count sold and returned tickets. Consumers of events do so in each way
 * to communicate, because the batches of a sale must not wait for a partner.
 */
public final class SalesFigures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> SALES =
      Set.of(EventType.PURCHASE_MADE.text(), EventType.ORDER_CONFIRMED.text());

  /** An order that was never paid for was no sale, so only refunds are counted. */
  private static final Set<EventType> COUNTED =
      Set.of(
          EventType.PURCHASE_MADE,
          EventType.PURCHASE_CANCELLED,
          EventType.ORDER_CONFIRMED,
          EventType.ORDER_REFUNDED);

  private SalesFigures() {}

  /** Follows sales if there is an analytics partner. */
  public static void install(PartnerModule partners) {
    partners
        .client(Partner.ANALYTICS)
        .map(Analytics::new)
        .ifPresent(
            analytics ->
                partners
                    .followUps()
                    .add(
                        FollowUp.toPartner(
                                "sales-analytics",
                                COUNTED,
                                Analytics.MOST_EVENTS,
                                events ->
                                    analytics.count(
                                        events.stream().map(SalesFigures::entry).toList()))
                            .byEvents()));
  }

  private static Analytics.Entry entry(Event event) {
    return new Analytics.Entry(
        event.id(),
        SALES.contains(event.type()) ? "sale" : "cancellation",
        event.key(),
        quantity(event),
        event.time());
  }

  private static int quantity(Event event) {
    try {
      return JSON.readTree(event.data()).path("quantity").asInt();
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("The data of an event is no JSON.", impossible);
    }
  }
}
