package io.boxoffice.event.rabbitmq;

import com.codahale.metrics.MetricRegistry;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.Backlog;
import io.boxoffice.event.transport.DeadLetters;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.event.transport.Subscription;
import io.boxoffice.event.transport.Transport;
import io.boxoffice.event.transport.TransportException;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.platform.rabbitmq.RabbitConnection;
import io.boxoffice.platform.rabbitmq.RabbitSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events through RabbitMQ. It publishes and receives on separate connections, because a
 * broker with an alarm stops reading from those that publish: acknowledgements go on. It opens
 * connections in the background, and starts without a broker.
 */
public final class RabbitTransport implements Transport {
  private static final Logger LOG = LoggerFactory.getLogger(RabbitTransport.class);

  private final RabbitOptions options;
  private final RabbitMetrics metrics;
  private final Topology topology;
  private final RabbitConnection publishing;
  private final RabbitConnection consuming;
  private final RabbitPublisher publisher;
  private final Moves moves;
  private final RabbitDeadLetters deadLetters;
  private final RepeatedTask opener;
  private final Set<String> claimed = ConcurrentHashMap.newKeySet();
  private final PublishedHistory history = new PublishedHistory();
  private final List<RabbitSubscription> subscriptions = new CopyOnWriteArrayList<>();

  /**
   * Starts to connect in the background.
   *
   * @throws io.boxoffice.platform.StartupException when the address is not valid
   */
  public RabbitTransport(RabbitSettings settings, RabbitOptions options, MetricRegistry registry) {
    this.options = options;
    this.metrics = new RabbitMetrics(registry);
    this.topology = new Topology(options);
    this.publishing = new RabbitConnection("publishing", settings, registry);
    this.consuming = new RabbitConnection("consuming", settings, registry);
    this.publisher = new RabbitPublisher(publishing, topology, metrics, options.confirms());
    this.moves = new Moves(new RabbitPublisher(publishing, topology, metrics, true), metrics);
    this.deadLetters = new RabbitDeadLetters(consuming, topology, moves);
    this.opener = new RepeatedTask("rabbitmq", RabbitConnection.BETWEEN_TRIES, this::connect);
    opener.start();
  }

  private void connect() {
    for (RabbitConnection connection : List.of(publishing, consuming)) {
      try {
        connection.open();
      } catch (IOException reported) {
        LOG.debug("No connection", reported);
      }
    }
  }

  @Override
  public void publish(List<Event> events) throws TransportException {
    publisher.publish(events.stream().map(Message::of).toList());
    Instant now = Instant.now();
    for (Subscription subscription : topology.known()) {
      long count =
          events.stream().filter(event -> subscription.types().contains(event.type())).count();
      if (count > 0) {
        history.add(subscription.consumer(), count, now);
      }
    }
  }

  @Override
  public Running subscribe(Subscription subscription, Receiver receiver) {
    topology.add(subscription);
    RabbitSubscription started =
        new RabbitSubscription(
            subscription, receiver, options, consuming, topology, moves, claimed, metrics);
    subscriptions.add(started);
    started.start();
    return () -> {
      started.close();
      subscriptions.remove(started);
    };
  }

  @Override
  public DeadLetters deadLetters() {
    return deadLetters;
  }

  /**
   * Reads how much waits for the consumers that this process has subscribed. What other processes
   * have received and not acknowledged is not counted.
   */
  @Override
  public List<Backlog> backlogs() throws TransportException {
    try (Channel channel = consuming.channel()) {
      List<Backlog> backlogs = new ArrayList<>();
      topology.declareAll(channel);
      for (Subscription subscription : topology.known()) {
        backlogs.add(backlog(channel, subscription));
      }
      return backlogs;
    } catch (IOException | TimeoutException | ShutdownSignalException away) {
      throw new TransportException("RabbitMQ is away: " + away.getMessage(), away);
    }
  }

  private Backlog backlog(Channel channel, Subscription subscription) throws IOException {
    String consumer = subscription.consumer();
    long waiting =
        subscriptions.stream()
            .filter(running -> running.consumer().equals(consumer))
            .mapToLong(RabbitSubscription::unacknowledged)
            .sum();
    for (String queue : topology.waitingQueues(subscription)) {
      waiting += Topology.count(channel, queue).getMessageCount();
    }
    return new Backlog(
        consumer,
        waiting,
        history.oldest(consumer, waiting, Instant.now()),
        Topology.count(channel, Topology.dead(consumer)).getMessageCount());
  }

  @Override
  public void close() {
    subscriptions.forEach(RabbitSubscription::close);
    opener.stop();
    consuming.close();
    publishing.close();
  }
}
