package io.boxoffice.event.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.boxoffice.event.model.Event;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Holds a message that is to be published. */
record Message(String exchange, String routingKey, BasicProperties properties, String body) {
  /** How many deliveries have failed. */
  static final String TRIES = "boxoffice-tries";

  /** What the last failure says. */
  static final String FAILURE = "boxoffice-failure";

  /** The id of a dead letter. */
  static final String DEAD_LETTER = "boxoffice-dead-letter";

  /** When a dead letter failed last, in milliseconds since 1970. */
  static final String FAILED_AT = "boxoffice-failed-at";

  private static final int PERSISTENT = 2;

  /** A new event for all consumers. */
  static Message of(Event event) {
    return to(Topology.EVENTS, Topology.routingKey(event), event, event.toJson(), new HashMap<>());
  }

  /** An event for one consumer, as if it was new. */
  static Message replay(String consumer, Delivery dead) {
    return to(
        Topology.exchange(consumer),
        dead.event() == null ? dead.routingKey() : Topology.routingKey(dead.event()),
        dead.event(),
        dead.body(),
        new HashMap<>());
  }

  /** A delivery that is tried again after it has waited in the queue. */
  static Message retry(String queue, Delivery delivery) {
    Map<String, Object> headers = new HashMap<>();
    headers.put(TRIES, delivery.tries());
    headers.put(FAILURE, delivery.failure());
    // The default exchange takes the name of the queue as routing key. The queue passes messages on
    // with their routing key, so the exchange of the consumer, which binds "#", takes that too.
    return to("", queue, delivery.event(), delivery.body(), headers);
  }

  /** A delivery that failed for good. */
  static Message dead(String consumer, UUID id, Delivery delivery, Instant failedAt) {
    Map<String, Object> headers = new HashMap<>();
    headers.put(TRIES, delivery.tries());
    headers.put(FAILURE, delivery.failure());
    headers.put(DEAD_LETTER, id.toString());
    headers.put(FAILED_AT, failedAt.toEpochMilli());
    return to(
        Topology.dead(consumer), delivery.routingKey(), delivery.event(), delivery.body(), headers);
  }

  private static Message to(
      String exchange, String routingKey, Event event, String body, Map<String, Object> headers) {
    BasicProperties.Builder properties =
        new BasicProperties.Builder()
            .deliveryMode(PERSISTENT)
            .contentType(Event.CONTENT_TYPE)
            .timestamp(Date.from(Instant.now()))
            .headers(headers);
    if (event != null) {
      properties.messageId(event.id().toString()).type(event.type());
    }
    return new Message(exchange, routingKey, properties.build(), body);
  }
}
