package io.boxoffice.partner.analytics;

import io.boxoffice.partner.PartnerClient;
import io.boxoffice.partner.PartnerRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Sends what happened in the shop to the analytics partner, which counts each id once. */
public final class Analytics {
  /** As many as the partner reads at once. */
  public static final int MOST_EVENTS = 300;

  private final PartnerClient client;

  /** Sends to the given partner. */
  public Analytics(PartnerClient client) {
    this.client = client;
  }

  /**
   * Something to count.
   *
   * @param id the id of the event
   * @param type {@code sale}, {@code cancellation}, {@code page-view} or {@code concert-change}
   * @param quantity 1 to 10,000
   * @param at when it happened
   */
  public record Entry(UUID id, String type, UUID concertId, int quantity, Instant at) {}

  private record Body(List<Entry> events) {}

  /**
   * Sends entries in one request.
   *
   * @param entries 1 to {@link #MOST_EVENTS}
   */
  public CompletionStage<?> count(List<Entry> entries) {
    return client.send(PartnerRequest.post("events", entries.get(0).id(), new Body(entries)));
  }
}
