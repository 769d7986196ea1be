package io.boxoffice.event.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.DeadLetter;
import io.boxoffice.event.transport.DeadLetters;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.event.transport.Subscription;
import io.boxoffice.event.transport.TransportException;
import io.boxoffice.platform.rabbitmq.RabbitConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads and removes dead letters at the broker. A queue has no search: each call takes messages
 * until it has what it needs, and then gives them back. Meanwhile no other call may read, so all
 * processes share a lock at the broker.
 */
final class RabbitDeadLetters implements DeadLetters {
  /** Of each consumer, the oldest; more are read when these are gone. */
  static final int MOST_READ = 10_000;

  private static final Duration LOCK_LIMIT = Duration.ofSeconds(10);
  private static final long LOCK_PAUSE_MILLIS = 100;
  private static final String LOCK = "boxoffice.dead-letters.lock";
  private static final UUID NONE = new UUID(0, 0);

  private final RabbitConnection connection;
  private final Topology topology;
  private final Moves moves;

  RabbitDeadLetters(RabbitConnection connection, Topology topology, Moves moves) {
    this.connection = connection;
    this.topology = topology;
    this.moves = moves;
  }

  @Override
  public synchronized List<DeadLetter> list(UUID after, int limit) throws TransportException {
    List<DeadLetter> letters = new ArrayList<>();
    search(
        (consumer, delivery, channel) -> {
          DeadLetter letter = letter(consumer, delivery);
          if (after == null || order(letter.id()).compareTo(order(after)) > 0) {
            letters.add(letter);
          }
          return false;
        });
    letters.sort(Comparator.comparing(letter -> order(letter.id())));
    return List.copyOf(letters.subList(0, Math.min(limit, letters.size())));
  }

  /** The order of UUIDs is that of their text; UUID.compareTo takes the halves as signed. */
  private static String order(UUID id) {
    return id.toString();
  }

  @Override
  public synchronized boolean replay(UUID id) throws TransportException {
    return search(
        (consumer, delivery, channel) -> {
          if (!letter(consumer, delivery).id().equals(id)) {
            return false;
          }
          moves.replay(consumer, delivery);
          channel.basicAck(delivery.tag(), false);
          return true;
        });
  }

  @Override
  public synchronized boolean drop(UUID id) throws TransportException {
    return search(
        (consumer, delivery, channel) -> {
          if (!letter(consumer, delivery).id().equals(id)) {
            return false;
          }
          channel.basicAck(delivery.tag(), false);
          return true;
        });
  }

  private interface Step {
    /** Returns whether to stop. */
    boolean read(String consumer, Delivery delivery, Channel channel)
        throws IOException, TransportException;
  }

  /** Reads the dead letters of all consumers, until a step stops it. */
  private boolean search(Step step) throws TransportException {
    Channel channel = null;
    try {
      channel = locked();
      topology.declareAll(channel);
      for (Subscription subscription : topology.known()) {
        if (search(channel, subscription.consumer(), step)) {
          return true;
        }
      }
      return false;
    } catch (IOException | ShutdownSignalException away) {
      throw new TransportException("RabbitMQ is away: " + away.getMessage(), away);
    } finally {
      unlock(channel);
    }
  }

  private static boolean search(Channel channel, String consumer, Step step)
      throws IOException, TransportException {
    long last = 0;
    boolean found = false;
    for (int i = 0; i < MOST_READ && !found; i++) {
      GetResponse message = channel.basicGet(Topology.dead(consumer), false);
      if (message == null) {
        break;
      }
      last = message.getEnvelope().getDeliveryTag();
      found =
          step.read(
              consumer,
              Delivery.of(message.getEnvelope(), message.getProps(), message.getBody()),
              channel);
      if (found) {
        last--;
      }
    }
    if (last > 0) {
      channel.basicNack(last, true, true);
    }
    return found;
  }

  /** A queue that belongs to a connection alone; the broker deletes it with the connection. */
  private Channel locked() throws IOException, TransportException {
    long end = System.nanoTime() + LOCK_LIMIT.toNanos();
    while (true) {
      Channel channel = connection.channel();
      try {
        channel.queueDeclare(LOCK, false, true, true, Map.of());
        return channel;
      } catch (IOException | ShutdownSignalException taken) {
        if (channel.isOpen() || System.nanoTime() - end > 0) {
          throw taken;
        }
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOCK_PAUSE_MILLIS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new TransportException("Stopped while another one reads dead letters", stopped);
      }
    }
  }

  private void unlock(Channel channel) {
    if (channel == null) {
      return;
    }
    // The lock belongs to the connection, and outlives a channel that the broker closed.
    try (Channel open = channel.isOpen() ? channel : connection.channel()) {
      open.queueDelete(LOCK);
    } catch (IOException | TimeoutException | ShutdownSignalException away) {
      connection.drop(); // Gives back the messages and the lock.
    }
  }

  private static DeadLetter letter(String consumer, Delivery delivery) {
    Object id = Delivery.header(delivery.properties(), Message.DEAD_LETTER);
    Instant failedAt = failedAt(delivery);
    boolean returned = Delivery.header(delivery.properties(), "x-first-death-reason") != null;
    String failure = delivery.failure();
    if (id == null) {
      failure = returned ? RabbitSubscription.ENDED : "The queue for this event was missing";
    }
    return new DeadLetter(
        id == null ? derived(failedAt, delivery) : UUID.fromString(id.toString()),
        consumer,
        delivery.event() == null ? unreadable(delivery, failedAt) : delivery.event(),
        failure,
        id == null ? (returned ? Receiver.MOST_DELIVERIES : 0) : tries(delivery),
        failedAt);
  }

  /** Without the times that the dead letter was read. */
  private static int tries(Delivery dead) {
    return Delivery.header(dead.properties(), Message.TRIES) instanceof Number tries
        ? tries.intValue()
        : 0;
  }

  private static Instant failedAt(Delivery delivery) {
    if (Delivery.header(delivery.properties(), Message.FAILED_AT) instanceof Number millis) {
      return Instant.ofEpochMilli(millis.longValue());
    }
    if (Delivery.header(delivery.properties(), "x-death") instanceof List<?> deaths
        && deaths.get(0) instanceof Map<?, ?> death
        && death.get("time") instanceof Date time) {
      return time.toInstant();
    }
    Date published = delivery.properties().getTimestamp();
    return published == null ? Instant.EPOCH : published.toInstant();
  }

  /** The same for each read: a UUID version 7 of the time and of what the message says. */
  private static UUID derived(Instant time, Delivery delivery) {
    UUID hash = UUID.nameUUIDFromBytes(delivery.body().getBytes(StandardCharsets.UTF_8));
    long most = (time.toEpochMilli() << 16) | 0x7000 | (hash.getMostSignificantBits() & 0xFFF);
    return new UUID(most, hash.getLeastSignificantBits());
  }

  /** Stands for a message that is no event. */
  private static Event unreadable(Delivery delivery, Instant time) {
    return new Event(
        derived(time, delivery),
        "/unknown",
        "unreadable",
        NONE,
        NONE,
        time,
        "{\"characters\":%d}".formatted(delivery.body().length()));
  }
}
