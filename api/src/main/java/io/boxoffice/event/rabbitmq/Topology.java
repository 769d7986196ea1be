package io.boxoffice.event.rabbitmq;

import com.rabbitmq.client.AMQP.Queue;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.Partitions;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.event.transport.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Names and declares exchanges and queues. All events go to one exchange; each consumer has an
 * exchange of its own behind it, and behind that its work queues: one for each partition where the
 * order matters, else one. To declare again changes nothing, and replaces what was deleted.
 */
final class Topology {
  /** The exchange that receives all events. */
  static final String EVENTS = "boxoffice.events";

  /** Receives events that no consumer wants, and keeps none. */
  private static final String UNWANTED = "boxoffice.unwanted";

  private static final String PREFIX = "boxoffice.";

  /** Reading dead letters counts as a delivery, and must never delete one. */
  private static final int UNLIMITED = 1_000_000_000;

  private final RabbitOptions options;

  /** The consumers that this process has subscribed, by name. */
  private final Map<String, Subscription> known = new ConcurrentHashMap<>();

  Topology(RabbitOptions options) {
    this.options = options;
  }

  /** Remembers a consumer. */
  void add(Subscription subscription) {
    known.put(subscription.consumer(), subscription);
  }

  /** The consumers that this process has subscribed. */
  Collection<Subscription> known() {
    return known.values();
  }

  /** Returns the routing key of an event: its partition and its type. */
  static String routingKey(Event event) {
    return Partitions.of(event.key()) + "." + event.type();
  }

  /** Returns the exchange of a consumer, to which its replays go. */
  static String exchange(String consumer) {
    return PREFIX + consumer;
  }

  /** Returns the exchange and the queue of a consumer's dead letters. */
  static String dead(String consumer) {
    return PREFIX + consumer + ".dead";
  }

  /** Returns the queue at which each subscription of a consumer is counted. */
  static String members(String consumer) {
    return PREFIX + consumer + ".members";
  }

  /** Returns the queues that a consumer works on; those of partitions in their order. */
  static List<String> workQueues(Subscription subscription) {
    String name = PREFIX + subscription.consumer();
    return subscription.ordered()
        ? IntStream.range(0, Partitions.COUNT).mapToObj(i -> name + "." + i).toList()
        : List.of(name + ".work");
  }

  /** Returns the queue that belongs to the connection that works on a work queue. */
  static String lock(String workQueue) {
    return workQueue + ".owner";
  }

  /** Returns the queue in which a delivery waits for its next try. */
  static String retry(String consumer, Duration pause) {
    return PREFIX + consumer + ".retry." + pause.toMillis();
  }

  /** Returns all queues in which deliveries of a consumer wait. */
  List<String> waitingQueues(Subscription subscription) {
    List<String> queues = new ArrayList<>(workQueues(subscription));
    if (!subscription.ordered()) {
      options.pauses().stream()
          .distinct()
          .forEach(pause -> queues.add(retry(subscription.consumer(), pause)));
    }
    return queues;
  }

  /** Declares what publications need, and all known consumers. */
  void declareAll(Channel channel) throws IOException {
    channel.exchangeDeclare(UNWANTED, BuiltinExchangeType.FANOUT, true);
    channel.queueDeclare(UNWANTED, true, false, false, quorum(Map.of("x-max-length", 0)));
    channel.queueBind(UNWANTED, UNWANTED, "");
    channel.exchangeDeclare(
        EVENTS, BuiltinExchangeType.TOPIC, true, false, Map.of("alternate-exchange", UNWANTED));
    for (Subscription subscription : known.values()) {
      declareConsumer(channel, subscription);
    }
  }

  /** Declares all for one consumer. Its bindings come last, so that no event is half routed. */
  void declare(Channel channel, Subscription subscription) throws IOException {
    declareAll(channel);
    if (!subscription.equals(known.get(subscription.consumer()))) {
      declareConsumer(channel, subscription);
    }
  }

  private void declareConsumer(Channel channel, Subscription subscription) throws IOException {
    String consumer = subscription.consumer();
    String exchange = exchange(consumer);
    channel.exchangeDeclare(dead(consumer), BuiltinExchangeType.FANOUT, true);
    channel.queueDeclare(
        dead(consumer), true, false, false, quorum(Map.of("x-delivery-limit", UNLIMITED)));
    channel.queueBind(dead(consumer), dead(consumer), "");
    // Events for a work queue that was deleted become dead letters, until it is declared again.
    channel.exchangeDeclare(
        exchange,
        BuiltinExchangeType.TOPIC,
        true,
        false,
        Map.of("alternate-exchange", dead(consumer)));
    List<String> queues = workQueues(subscription);
    for (int i = 0; i < queues.size(); i++) {
      channel.queueDeclare(queues.get(i), true, false, false, work(subscription));
      channel.queueBind(queues.get(i), exchange, subscription.ordered() ? i + ".#" : "#");
    }
    if (subscription.ordered()) {
      channel.queueDeclare(members(consumer), true, false, false, quorum(Map.of()));
    } else {
      for (Duration pause : options.pauses()) {
        channel.queueDeclare(
            retry(consumer, pause), true, false, false, retryArguments(consumer, pause));
      }
    }
    for (String type : subscription.types()) {
      channel.exchangeBind(exchange, EVENTS, "*." + type);
    }
  }

  private static Map<String, Object> work(Subscription subscription) {
    Map<String, Object> arguments = deadLettering(dead(subscription.consumer()));
    arguments.put("x-delivery-limit", Receiver.MOST_DELIVERIES);
    if (subscription.ordered()) {
      arguments.put("x-single-active-consumer", true);
    }
    return quorum(arguments);
  }

  private static Map<String, Object> retryArguments(String consumer, Duration pause) {
    Map<String, Object> arguments = deadLettering(exchange(consumer));
    arguments.put("x-message-ttl", pause.toMillis());
    return quorum(arguments);
  }

  /** A message leaves its queue only when the next one has confirmed it. */
  private static Map<String, Object> deadLettering(String exchange) {
    Map<String, Object> arguments = new HashMap<>();
    arguments.put("x-dead-letter-exchange", exchange);
    arguments.put("x-dead-letter-strategy", "at-least-once");
    arguments.put("x-overflow", "reject-publish");
    return arguments;
  }

  private static Map<String, Object> quorum(Map<String, Object> further) {
    Map<String, Object> arguments = new HashMap<>(further);
    arguments.put("x-queue-type", "quorum");
    return arguments;
  }

  /**
   * Counts the messages of a queue that no consumer has received.
   *
   * @throws IOException when there is no such queue; the channel is closed then
   */
  static Queue.DeclareOk count(Channel channel, String queue) throws IOException {
    return channel.queueDeclarePassive(queue);
  }
}
