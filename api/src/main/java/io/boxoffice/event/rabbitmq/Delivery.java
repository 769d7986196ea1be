package io.boxoffice.event.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.Receiver;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Holds a message that a queue delivered and that is not acknowledged.
 *
 * @param event null if the body is no event
 * @param tries how many deliveries have failed
 * @param failure what the last failure says, empty if that is not known
 */
record Delivery(
    long tag,
    String routingKey,
    BasicProperties properties,
    String body,
    Event event,
    int tries,
    String failure) {
  private static final String RETURNED = "x-delivery-count";

  /** Reads what the broker delivered. */
  static Delivery of(Envelope envelope, BasicProperties properties, byte[] bytes) {
    String body = new String(bytes, StandardCharsets.UTF_8);
    Event event;
    try {
      event = Event.fromJson(body);
    } catch (IllegalArgumentException unreadable) {
      event = null;
    }
    int tries = number(properties, Message.TRIES) + number(properties, RETURNED);
    Object failure = header(properties, Message.FAILURE);
    return new Delivery(
        envelope.getDeliveryTag(),
        envelope.getRoutingKey(),
        properties,
        body,
        event,
        tries,
        failure == null ? "" : failure.toString());
  }

  private static int number(BasicProperties properties, String header) {
    return header(properties, header) instanceof Number number ? number.intValue() : 0;
  }

  /** Returns a header, or null. */
  static Object header(BasicProperties properties, String name) {
    Map<String, Object> headers = properties.getHeaders();
    return headers == null ? null : headers.get(name);
  }

  /** Whether it must not be tried again. */
  boolean isOver() {
    return event == null || tries >= Receiver.MOST_DELIVERIES;
  }

  /** Returns the same delivery, after another failure. */
  Delivery failed(String reason) {
    return new Delivery(tag, routingKey, properties, body, event, tries + 1, reason);
  }

  /** Returns the same delivery with what its failure says. */
  Delivery because(String reason) {
    return new Delivery(tag, routingKey, properties, body, event, tries, reason);
  }
}
