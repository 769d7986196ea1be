package io.boxoffice.event.transport;

import io.boxoffice.event.model.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Records what receivers got, in the order in which they got it. */
public final class Received implements Receiver {
  private final List<Event> events = new ArrayList<>();
  private int largestBatch;

  @Override
  public synchronized void receive(List<Event> batch) {
    events.addAll(batch);
    largestBatch = Math.max(largestBatch, batch.size());
  }

  /** All deliveries, repeated ones included. */
  public synchronized List<Event> all() {
    return List.copyOf(events);
  }

  public synchronized Set<UUID> ids() {
    return events.stream().map(Event::id).collect(Collectors.toSet());
  }

  public synchronized int largestBatch() {
    return largestBatch;
  }

  /** Counts the deliveries of one event. */
  public synchronized long count(Event event) {
    return events.stream().filter(got -> got.id().equals(event.id())).count();
  }

  /**
   * Counts events that were delivered before an earlier event of the same key. A repeat of an event
   * that was delivered before is in order.
   *
   * @param published all events in their order
   */
  public synchronized long outOfOrder(List<Event> published) {
    Map<UUID, Integer> number = new HashMap<>();
    Map<UUID, Integer> ofKey = new HashMap<>();
    published.forEach(event -> number.put(event.id(), ofKey.merge(event.key(), 1, Integer::sum)));
    Map<UUID, Integer> last = new LinkedHashMap<>();
    long wrong = 0;
    for (Event event : events) {
      int before = last.getOrDefault(event.key(), 0);
      int current = number.get(event.id());
      if (current > before + 1) {
        wrong++;
      }
      last.put(event.key(), Math.max(before, current));
    }
    return wrong;
  }
}
