package io.boxoffice.event.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.boxoffice.event.transport.TransportException;
import io.boxoffice.platform.rabbitmq.RabbitConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes batches on a channel of its own, and waits for the broker's confirms once for each
 * batch. A message that reaches no queue is returned, and its batch has failed.
 */
final class RabbitPublisher {
  /** For the confirms of a batch. */
  static final Duration CONFIRM_LIMIT = Duration.ofSeconds(10);

  /** For a batch with its writes; then the connection is ended. */
  private static final Duration BATCH_LIMIT = CONFIRM_LIMIT.plusSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(RabbitPublisher.class);

  private final RabbitConnection connection;
  private final Topology topology;
  private final RabbitMetrics metrics;
  private final boolean confirms;
  private final AtomicInteger returned = new AtomicInteger();

  // Guarded by this.
  private Channel channel;
  private boolean broken;

  RabbitPublisher(
      RabbitConnection connection, Topology topology, RabbitMetrics metrics, boolean confirms) {
    this.connection = connection;
    this.topology = topology;
    this.metrics = metrics;
    this.confirms = confirms;
  }

  /**
   * Returns when the broker has confirmed all messages, in at most 15 s.
   *
   * @throws TransportException when not all are known to be stored
   */
  synchronized void publish(List<Message> messages) throws TransportException {
    if (connection.isBlocked()) {
      throw new TransportException("RabbitMQ has an alarm and takes no messages", null);
    }
    boolean done = false;
    Future<?> end = connection.breakAfter(BATCH_LIMIT);
    try {
      write(messages);
      done = true;
    } catch (TimeoutException late) {
      metrics.unconfirmed.mark(messages.size());
      throw new TransportException("RabbitMQ did not confirm within " + CONFIRM_LIMIT, late);
    } catch (IOException | ShutdownSignalException away) {
      metrics.unconfirmed.mark(messages.size());
      throw new TransportException(
          away instanceof ShutdownSignalException
              ? "The connection to RabbitMQ broke"
              : away.getMessage(),
          away);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new TransportException("Stopped while RabbitMQ was to confirm", stopped);
    } finally {
      // Late confirms and returns must not count for the next batch.
      broken = !done;
      end.cancel(false);
    }
  }

  private void write(List<Message> messages)
      throws IOException, TimeoutException, InterruptedException, TransportException {
    Channel current = channel();
    returned.set(0);
    for (Message message : messages) {
      current.basicPublish(
          message.exchange(),
          message.routingKey(),
          confirms,
          false,
          message.properties(),
          message.body().getBytes(StandardCharsets.UTF_8));
    }
    if (!confirms) {
      return;
    }
    if (!current.waitForConfirms(CONFIRM_LIMIT.toMillis())) {
      metrics.unconfirmed.mark(messages.size());
      throw new TransportException("RabbitMQ refused a message", null);
    }
    if (returned.get() > 0) {
      metrics.returned.mark(returned.get());
      throw new TransportException(
          "RabbitMQ returned %d messages that reached no queue".formatted(returned.get()), null);
    }
  }

  /** Opens a channel if the last one is broken, and declares what was deleted meanwhile. */
  private Channel channel() throws IOException {
    if (channel != null && channel.isOpen() && !broken) {
      return channel;
    }
    closeChannel();
    channel = connection.channel();
    topology.declareAll(channel);
    channel.addReturnListener(message -> returned.incrementAndGet());
    if (confirms) {
      channel.confirmSelect();
    }
    return channel;
  }

  private void closeChannel() {
    if (channel != null && channel.isOpen()) {
      try {
        channel.abort();
      } catch (IOException ended) {
        LOG.debug("Closing a channel failed", ended);
      }
    }
  }
}
