package io.boxoffice.event.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives from one work queue, on a channel of its own. The end of the channel gives all that is
 * not acknowledged back to the queue in its order. All methods are called with the lock of the
 * subscription held, except those that speak to the broker.
 */
final class Lane {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private final Channel channel;
  private final boolean ordered;
  private final Object lock;
  private final RabbitMetrics metrics;
  private String tag;

  /** Received and never taken. */
  private final Deque<Delivery> pending = new ArrayDeque<>();

  /** Failed ones, each with those of its key behind it. */
  private final Map<UUID, Parked> parked = new HashMap<>();

  private final TreeSet<Long> unacknowledged = new TreeSet<>();

  /** Done, but not acknowledged, because the lane ends. */
  private final List<Delivery> kept = new ArrayList<>();

  private boolean busy;
  private boolean draining;
  private long drainingSince;
  private boolean cancelled;
  private volatile boolean lost;

  private static final class Parked {
    final Deque<Delivery> deliveries = new ArrayDeque<>();
    long due;
  }

  Lane(Channel channel, boolean ordered, Object lock, RabbitMetrics metrics) {
    this.channel = channel;
    this.ordered = ordered;
    this.lock = lock;
    this.metrics = metrics;
  }

  /**
   * Starts to receive.
   *
   * @param most how many may be received and not acknowledged
   */
  void start(String queue, int most) throws IOException {
    channel.basicQos(most);
    tag = channel.basicConsume(queue, false, new Incoming());
  }

  private final class Incoming extends DefaultConsumer {
    Incoming() {
      super(channel);
    }

    @Override
    public void handleDelivery(
        String consumer, Envelope envelope, BasicProperties properties, byte[] body) {
      Delivery delivery = Delivery.of(envelope, properties, body);
      if (envelope.isRedeliver()) {
        metrics.redelivered.mark();
      }
      synchronized (lock) {
        unacknowledged.add(delivery.tag());
        pending.add(delivery);
        lock.notifyAll();
      }
    }

    @Override
    public void handleCancel(String consumer) {
      lost = true; // The queue was deleted.
    }

    @Override
    public void handleShutdownSignal(String consumer, ShutdownSignalException signal) {
      lost = true;
    }
  }

  /** Whether it receives nothing any more and must be replaced. */
  boolean isLost() {
    return lost || !channel.isOpen();
  }

  boolean isDraining() {
    return draining;
  }

  /** Whether nothing of it is being received or waits for another try. */
  boolean isIdle() {
    return !busy && pending.isEmpty() && parked.isEmpty();
  }

  /** Whether it began to end so long ago, and the receiver has not begun with what is left. */
  boolean isStuck(long nanos) {
    return draining && !busy && System.nanoTime() - drainingSince > nanos;
  }

  /** Whether all is done that it received before it was to end. */
  boolean isDrained() {
    return draining && isIdle();
  }

  int unacknowledged() {
    return unacknowledged.size();
  }

  /** Begins to end: what is done is acknowledged at the end, so that little new is received. */
  void drain() {
    if (!draining) {
      draining = true;
      drainingSince = System.nanoTime();
    }
  }

  /**
   * Takes what is to be received next: one failed delivery that is due, else new ones.
   *
   * @return empty if there is none
   */
  List<Delivery> take(int most) {
    List<Delivery> batch = due();
    while (batch.isEmpty() && !pending.isEmpty()) {
      collect(batch, most);
    }
    busy = !batch.isEmpty();
    return batch;
  }

  /**
   * Takes new ones. One that failed before is taken alone, and one whose key is parked joins it.
   */
  private void collect(List<Delivery> batch, int most) {
    while (!pending.isEmpty() && batch.size() < most) {
      Delivery next = pending.peek();
      boolean alone = next.tries() > 0 || next.event() == null;
      if (alone && !batch.isEmpty()) {
        return;
      }
      pending.remove();
      Parked sameKey = parked.get(key(next));
      if (sameKey != null) {
        sameKey.deliveries.add(next);
      } else {
        batch.add(next);
        if (alone) {
          return;
        }
      }
    }
  }

  private List<Delivery> due() {
    List<Delivery> batch = new ArrayList<>();
    long now = System.nanoTime();
    for (Parked waiting : parked.values()) {
      if (now - waiting.due >= 0) {
        batch.add(waiting.deliveries.peek());
        return batch;
      }
    }
    return batch;
  }

  private UUID key(Delivery delivery) {
    if (delivery.event() == null) {
      return new UUID(0, delivery.tag());
    }
    return ordered ? delivery.event().key() : delivery.event().id();
  }

  /** Notes that a batch is over. */
  void release() {
    busy = false;
  }

  /** Parks a failed delivery, and with it all others of its key. */
  void park(Delivery failed, long pauseNanos) {
    Parked waiting = parked.computeIfAbsent(key(failed), unused -> new Parked());
    Delivery head = waiting.deliveries.peek();
    if (head != null && head.tag() == failed.tag()) {
      waiting.deliveries.remove();
      waiting.deliveries.addFirst(failed);
      waiting.due = System.nanoTime() + pauseNanos;
      return;
    }
    if (head == null) {
      waiting.due = System.nanoTime() + pauseNanos;
    }
    waiting.deliveries.add(failed);
  }

  /** Removes deliveries that are over, done or not, from the parked ones. */
  void unpark(Collection<Delivery> over) {
    for (Delivery delivery : over) {
      Parked waiting = parked.get(key(delivery));
      if (waiting != null && waiting.deliveries.peek().tag() == delivery.tag()) {
        waiting.deliveries.remove();
        waiting.due = System.nanoTime();
        if (waiting.deliveries.isEmpty()) {
          parked.remove(key(delivery));
        }
      }
    }
  }

  /** Acknowledges what is over. Without the lock. */
  void acknowledge(List<Delivery> over) {
    List<Long> single = new ArrayList<>();
    long all = 0;
    synchronized (lock) {
      if (draining) {
        kept.addAll(over);
        return;
      }
      over.forEach(delivery -> unacknowledged.remove(delivery.tag()));
      long oldest = unacknowledged.isEmpty() ? Long.MAX_VALUE : unacknowledged.first();
      for (Delivery delivery : over) {
        if (delivery.tag() < oldest) {
          all = Math.max(all, delivery.tag());
        } else {
          single.add(delivery.tag());
        }
      }
    }
    acknowledge(all, single);
  }

  private void acknowledge(long all, List<Long> single) {
    try {
      if (all > 0) {
        channel.basicAck(all, true);
      }
      for (long one : single) {
        channel.basicAck(one, false);
      }
    } catch (IOException | ShutdownSignalException redelivered) {
      lost = true; // The broker delivers them again, and the inbox refuses them.
    }
  }

  /** Ends after all is done that it received. Without the lock. */
  void finish() throws IOException {
    if (!cancelled) {
      channel.basicCancel(tag);
      cancelled = true;
    }
    List<Delivery> done;
    synchronized (lock) {
      if (!isIdle()) {
        return; // Deliveries arrived before the cancellation; the next call ends it.
      }
      draining = false;
      done = List.copyOf(kept);
      kept.clear();
    }
    acknowledge(done);
    close();
  }

  /** Ends at once. What is not acknowledged goes back to the queue. Without the lock. */
  void close() {
    lost = true;
    if (channel.isOpen()) {
      try {
        channel.abort();
      } catch (IOException | ShutdownSignalException ended) {
        LOG.debug("Closing a channel failed", ended);
      }
    }
  }
}
