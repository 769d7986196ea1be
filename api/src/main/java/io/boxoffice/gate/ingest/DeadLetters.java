package io.boxoffice.gate.ingest;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.boxoffice.platform.rabbitmq.RabbitConnection;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps dead letters at the broker. It has a connection of its own, because a broker with an alarm
 * reads nothing from a connection that publishes, and acknowledgements must go on.
 */
final class DeadLetters {
  /** The header that says why. */
  static final String REASON = "boxoffice-reason";

  /** The header with a sentence about it. */
  static final String DETAIL = "boxoffice-detail";

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final Duration CONFIRM_LIMIT = Duration.ofSeconds(10);
  private static final Duration BATCH_LIMIT = CONFIRM_LIMIT.plusSeconds(5);
  private static final int PERSISTENT = 2;

  private final RabbitConnection connection;
  private final AtomicInteger returned = new AtomicInteger();

  // Guarded by this.
  private Channel channel;

  DeadLetters(RabbitConnection connection) {
    this.connection = connection;
  }

  /**
   * Returns when the broker has confirmed all, in at most 15 s.
   *
   * @throws IOException when not all are known to be stored
   */
  synchronized void keep(List<DeadLetter> letters) throws IOException {
    if (letters.isEmpty()) {
      return;
    }
    if (connection.isBlocked()) {
      throw new IOException("RabbitMQ has an alarm and takes no dead letters");
    }
    boolean done = false;
    Future<?> end = connection.breakAfter(BATCH_LIMIT);
    try {
      publish(letters);
      done = true;
    } catch (TimeoutException | ShutdownSignalException away) {
      throw new IOException("RabbitMQ did not confirm dead letters", away);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("Stopped while RabbitMQ was to confirm dead letters", stopped);
    } finally {
      end.cancel(false);
      if (!done) {
        closeChannel(); // Late confirms and returns must not count for the next ones.
      }
    }
  }

  private void publish(List<DeadLetter> letters)
      throws IOException, TimeoutException, InterruptedException {
    if (channel == null || !channel.isOpen()) {
      channel = connection.channel();
      channel.addReturnListener(message -> returned.incrementAndGet());
      channel.confirmSelect();
    }
    returned.set(0);
    for (DeadLetter letter : letters) {
      channel.basicPublish(
          ScanTopology.DEAD, letter.gate(), true, false, properties(letter), letter.body());
    }
    if (!channel.waitForConfirms(CONFIRM_LIMIT.toMillis()) || returned.get() > 0) {
      throw new IOException("RabbitMQ refused a dead letter");
    }
  }

  private static BasicProperties properties(DeadLetter letter) {
    return new BasicProperties.Builder()
        .deliveryMode(PERSISTENT)
        .timestamp(Date.from(Instant.now()))
        .headers(Map.of(REASON, letter.reason(), DETAIL, letter.detail()))
        .build();
  }

  private void closeChannel() {
    if (channel != null) {
      try {
        channel.abort();
      } catch (IOException | ShutdownSignalException ended) {
        LOG.debug("Closing a channel failed", ended);
      }
      channel = null;
    }
  }
}
