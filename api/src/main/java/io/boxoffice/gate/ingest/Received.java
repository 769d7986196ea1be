package io.boxoffice.gate.ingest;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import java.time.Instant;

/** Holds a message of a partition that is not acknowledged. */
final class Received {
  private final Session session;
  private final Session.Partition partition;
  private final long tag;
  private final String gate;
  private final Instant publishedAt;
  private final byte[] body;

  Received(
      Session session,
      Session.Partition partition,
      Envelope envelope,
      BasicProperties properties,
      byte[] body) {
    this.session = session;
    this.partition = partition;
    this.tag = envelope.getDeliveryTag();
    this.gate = envelope.getRoutingKey();
    this.publishedAt =
        properties.getTimestamp() == null ? null : properties.getTimestamp().toInstant();
    this.body = body; // The client gives each message its own.
  }

  Session session() {
    return session;
  }

  Session.Partition partition() {
    return partition;
  }

  long tag() {
    return tag;
  }

  /** The routing key. */
  String gate() {
    return gate;
  }

  /** The time in the properties of the message, or null. */
  Instant publishedAt() {
    return publishedAt;
  }

  /** The content, not a copy of it. */
  byte[] body() {
    return body;
  }
}
