package io.boxoffice.event.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.ShutdownSignalException;
import io.boxoffice.event.transport.Subscription;
import io.boxoffice.platform.rabbitmq.RabbitConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens and ends the lanes of a subscription. Where the order matters, subscriptions of a consumer
 * share its partitions: each counts the others at the broker, takes partitions that no other has,
 * and gives up those beyond its share. A queue that belongs to one connection is the lock of a
 * partition: without it, two could take the same one, wait for each other and leave another one.
 */
final class Claims {
  /** A receiver that is busy for longer holds no partition that another subscription needs. */
  private static final Duration STUCK = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);
  private static final int BATCHES_AHEAD = 2;

  private final Subscription subscription;
  private final RabbitConnection connection;
  private final Topology topology;
  private final Lanes lanes;
  private final RabbitMetrics metrics;

  /** The partitions that subscriptions of this process have, because they share the connection. */
  private final Set<String> claimed;

  private Channel control;

  Claims(
      Subscription subscription,
      RabbitConnection connection,
      Topology topology,
      Lanes lanes,
      Set<String> claimed,
      RabbitMetrics metrics) {
    this.subscription = subscription;
    this.connection = connection;
    this.topology = topology;
    this.lanes = lanes;
    this.claimed = claimed;
    this.metrics = metrics;
  }

  /**
   * Brings the lanes to what they should be now.
   *
   * @throws IllegalStateException when the broker is away
   */
  synchronized void check() {
    try {
      endLanes();
      if (control == null || !control.isOpen()) {
        control = connection.channel();
        topology.declare(control, subscription);
        if (subscription.ordered()) {
          control.basicConsume(
              Topology.members(subscription.consumer()), true, new DefaultConsumer(control));
        }
      }
      if (subscription.ordered()) {
        share();
      } else if (lanes.all().isEmpty()) {
        String queue = Topology.workQueues(subscription).get(0);
        start(queue, connection.channel());
      }
    } catch (IOException | ShutdownSignalException away) {
      closeControl();
      throw new IllegalStateException(RabbitConnection.reason(away), away);
    }
  }

  /** Removes lanes that are lost, and those that were to end and have nothing left. */
  private void endLanes() throws IOException {
    boolean deleted = false;
    for (Map.Entry<String, Lane> entry : lanes.all().entrySet()) {
      Lane lane = entry.getValue();
      if (lane.isLost()) {
        deleted = true;
        lane.close();
      } else if (is(lane, Lane::isDrained)) {
        lane.finish();
      } else if (is(lane, one -> one.isStuck(STUCK.toNanos()))) {
        lane.close();
      }
      if (lane.isLost()) {
        lanes.remove(entry.getKey());
        release(entry.getKey());
      }
    }
    if (deleted) {
      closeControl(); // To declare again what was deleted.
    }
  }

  private boolean is(Lane lane, Predicate<Lane> state) {
    synchronized (lanes.lock) {
      return state.test(lane);
    }
  }

  private void share() throws IOException {
    String group = Topology.members(subscription.consumer());
    int members = Math.max(1, Topology.count(control, group).getConsumerCount());
    List<String> queues = Topology.workQueues(subscription);
    int share = (queues.size() + members - 1) / members;
    Map<String, Lane> mine = lanes.all();
    List<String> free = new ArrayList<>();
    List<Lane> kept = new ArrayList<>();
    for (String queue : queues) {
      Lane lane = mine.get(queue);
      boolean taken = Topology.count(control, queue).getConsumerCount() > 0;
      if (lane == null && !taken) {
        free.add(queue);
      } else if (lane != null && !is(lane, Lane::isDraining)) {
        kept.add(lane);
      }
    }
    giveUp(kept, kept.size() - share);
    Collections.shuffle(free, ThreadLocalRandom.current());
    for (String queue : free.subList(0, Math.max(0, Math.min(free.size(), share - kept.size())))) {
      claim(queue);
    }
  }

  /** Gives up lanes, first those that have nothing to do. */
  private void giveUp(List<Lane> kept, int count) {
    kept.sort((one, other) -> Boolean.compare(is(other, Lane::isIdle), is(one, Lane::isIdle)));
    for (int i = 0; i < count; i++) {
      is(kept.get(i), Claims::drain);
    }
  }

  private static boolean drain(Lane lane) {
    lane.drain();
    return true;
  }

  /** Takes a partition, unless another one has taken it meanwhile. */
  private void claim(String queue) throws IOException {
    if (!claimed.add(queue)) {
      return;
    }
    Channel channel = connection.channel();
    try {
      channel.queueDeclare(Topology.lock(queue), false, true, false, Map.of());
    } catch (IOException taken) {
      claimed.remove(queue);
      channel.abort();
      if (connection.isOpen()) {
        LOG.debug("Another subscription took {}", queue, taken);
        return;
      }
      throw taken;
    }
    start(queue, channel);
  }

  /** Lets others take a partition. The lane has ended. */
  private void release(String queue) {
    if (claimed.remove(queue) && connection.isOpen()) {
      try (Channel channel = connection.channel()) {
        channel.queueDelete(Topology.lock(queue));
      } catch (IOException | TimeoutException | ShutdownSignalException ended) {
        // The lock ended with an earlier connection, and may be another one's by now.
        LOG.debug("The lock of {} was not deleted", queue, ended);
      }
    }
  }

  private void start(String queue, Channel channel) throws IOException {
    Lane lane = new Lane(channel, subscription.ordered(), lanes.lock, metrics);
    lanes.put(queue, lane);
    try {
      lane.start(queue, subscription.batchSize() * BATCHES_AHEAD);
    } catch (IOException | ShutdownSignalException failed) {
      lane.close(); // The next check removes it.
      throw failed;
    }
  }

  private void closeControl() {
    if (control != null && control.isOpen()) {
      try {
        control.abort();
      } catch (IOException | ShutdownSignalException ended) {
        LOG.debug("Closing a channel failed", ended);
      }
    }
    control = null;
  }

  /** Ends all lanes, and leaves the others' count. */
  synchronized void close() {
    Set<String> mine = lanes.all().keySet();
    lanes.close();
    mine.forEach(this::release);
    closeControl();
  }
}
