package io.boxoffice.gate.ingest;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives from partitions on one channel, whose end gives all that is not acknowledged back to the
 * queues in its order.
 */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final Channel channel;
  private final Consumer<Received> target;
  private final Map<String, Partition> partitions = new ConcurrentHashMap<>();
  private volatile boolean lost;

  /** A partition of this session. */
  static final class Partition {
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private volatile String consumer;

    /** How many messages are received and not acknowledged. */
    long inFlight() {
      return inFlight.get();
    }

    /** How many messages are acknowledged. */
    long done() {
      return done.get();
    }

    /** Notes that a message is acknowledged. */
    void end() {
      done.incrementAndGet();
      inFlight.decrementAndGet();
    }
  }

  /**
   * Uses a channel.
   *
   * @param prefetch how many messages of a partition may be received and not acknowledged
   * @param target takes each message at once, on a thread of the connection
   */
  Session(Channel channel, int prefetch, Consumer<Received> target) throws IOException {
    this.channel = channel;
    this.target = target;
    channel.basicQos(prefetch);
  }

  /** Begins to receive from a partition. */
  void add(String queue) throws IOException {
    Partition partition = new Partition();
    partitions.put(queue, partition);
    partition.consumer = channel.basicConsume(queue, false, new Incoming(partition));
  }

  /** Receives nothing more from a partition. What was received is still worked on. */
  void cancel(String queue) throws IOException {
    channel.basicCancel(partitions.get(queue).consumer);
  }

  /** Forgets a partition. */
  void remove(String queue) {
    partitions.remove(queue);
  }

  /** The partitions by their queues. */
  Map<String, Partition> partitions() {
    return partitions;
  }

  private final class Incoming extends DefaultConsumer {
    private final Partition partition;

    Incoming(Partition partition) {
      super(channel);
      this.partition = partition;
    }

    @Override
    public void handleDelivery(
        String consumer, Envelope envelope, BasicProperties properties, byte[] body) {
      partition.inFlight.incrementAndGet();
      target.accept(new Received(Session.this, partition, envelope, properties, body));
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

  /** Acknowledges a message, and all that were received before it. */
  void acknowledge(long tag) {
    try {
      channel.basicAck(tag, true);
    } catch (IOException | ShutdownSignalException deliveredAgain) {
      lost = true; // The positions of the scans refuse the repetition.
    }
  }

  /** Ends at once. What is not acknowledged goes back to its queue. */
  void close() {
    lost = true;
    try {
      channel.abort();
    } catch (IOException | ShutdownSignalException ended) {
      LOG.debug("Closing a channel failed", ended);
    }
  }
}
