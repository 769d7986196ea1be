package io.boxoffice.partners.analytics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One line of the ledger of events. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AnalyticsEntry.Received.class, name = "received"),
  @JsonSubTypes.Type(value = AnalyticsEntry.Counted.class, name = "counted"),
  @JsonSubTypes.Type(value = AnalyticsEntry.Remembered.class, name = "remembered")
})
sealed interface AnalyticsEntry {
  /** Events that were received together; those that the partner knows are not counted again. */
  final class Received implements AnalyticsEntry {
    private final List<Event> events;
    private int repeated;

    @JsonCreator
    Received(@JsonProperty("events") List<Event> events) {
      this.events = events;
    }

    @JsonProperty
    List<Event> events() {
      return events;
    }

    /** Returns how many of the events were known when this entry was applied. */
    int repeated() {
      return repeated;
    }

    void isKnown(int count) {
      repeated = count;
    }
  }

  /** What was counted in a minute before the file was made shorter. */
  record Counted(UUID concertId, Instant minute, Counts counts) implements AnalyticsEntry {}

  /** The ids of events that were counted before the file was made shorter, the oldest first. */
  record Remembered(List<UUID> ids) implements AnalyticsEntry {}
}
