package io.boxoffice.event.rabbitmq;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Holds the lanes of a subscription, by their queues, and its lock. */
final class Lanes {
  /** Guards the lanes and all that they hold. */
  final Object lock = new Object();

  private final Map<String, Lane> byQueue = new LinkedHashMap<>();
  private int next;

  /** A batch of one lane. */
  record Batch(Lane lane, List<Delivery> deliveries) {}

  void put(String queue, Lane lane) {
    synchronized (lock) {
      byQueue.put(queue, lane);
    }
  }

  void remove(String queue) {
    synchronized (lock) {
      byQueue.remove(queue);
    }
  }

  /** Returns a copy. */
  Map<String, Lane> all() {
    synchronized (lock) {
      return new LinkedHashMap<>(byQueue);
    }
  }

  /** Counts what was received and is not acknowledged. */
  int unacknowledged() {
    synchronized (lock) {
      return byQueue.values().stream().mapToInt(Lane::unacknowledged).sum();
    }
  }

  /**
   * Takes what is to be received next, of each lane in turn.
   *
   * @return null if there is nothing for the given time
   */
  Batch take(int most, long waitMillis) throws InterruptedException {
    synchronized (lock) {
      Batch batch = take(most);
      if (batch == null) {
        TimeUnit.MILLISECONDS.timedWait(lock, waitMillis);
        batch = take(most);
      }
      return batch;
    }
  }

  private Batch take(int most) {
    List<Lane> lanes = new ArrayList<>(byQueue.values());
    for (int i = 0; i < lanes.size(); i++) {
      Lane lane = lanes.get((next + i) % lanes.size());
      List<Delivery> deliveries = lane.isLost() ? List.of() : lane.take(most);
      if (!deliveries.isEmpty()) {
        next = (next + i + 1) % lanes.size();
        return new Batch(lane, deliveries);
      }
    }
    return null;
  }

  /** Ends all at once. What is not acknowledged goes back to the queues. */
  void close() {
    Map<String, Lane> lanes = all();
    lanes.values().forEach(Lane::close);
    synchronized (lock) {
      byQueue.clear();
    }
  }
}
