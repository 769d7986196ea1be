package io.boxoffice.event.rabbitmq;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Estimates how old the oldest event is that waits for a consumer. A queue does not tell, but it
 * keeps the order: when 30 wait, the oldest is about the thirtieth from the end of what was
 * published. For what another process published, the age counts from when this one saw it first.
 */
final class PublishedHistory {
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final int MOST_STEPS = 3_600;

  private final Map<String, Deque<Published>> byConsumer = new HashMap<>();
  private final Map<String, Instant> firstSeen = new HashMap<>();

  /** What was published within one second. */
  private record Published(Instant time, long count) {}

  /** Notes events that were published for a consumer. */
  synchronized void add(String consumer, long count, Instant now) {
    Deque<Published> history = byConsumer.computeIfAbsent(consumer, unused -> new ArrayDeque<>());
    Published last = history.peekLast();
    if (last != null && now.isBefore(last.time.plus(STEP))) {
      history.removeLast();
      history.add(new Published(last.time, last.count + count));
      return;
    }
    history.add(new Published(now, count));
    if (history.size() > MOST_STEPS) {
      history.remove();
    }
  }

  /**
   * Returns the age of the oldest of those that wait, which is too low if it is longer than an hour
   * or if another process published it.
   */
  synchronized Duration oldest(String consumer, long waiting, Instant now) {
    if (waiting == 0) {
      firstSeen.remove(consumer);
      return Duration.ZERO;
    }
    Instant first = firstSeen.computeIfAbsent(consumer, unused -> now);
    Deque<Published> history = byConsumer.getOrDefault(consumer, new ArrayDeque<>());
    long counted = 0;
    for (var last = history.descendingIterator(); last.hasNext(); ) {
      Published published = last.next();
      first = published.time.isBefore(first) ? published.time : first;
      counted += published.count;
      if (counted >= waiting) {
        return Duration.between(published.time, now);
      }
    }
    return Duration.between(first, now);
  }
}
