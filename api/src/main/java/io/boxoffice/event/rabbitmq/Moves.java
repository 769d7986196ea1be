package io.boxoffice.event.rabbitmq;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.event.transport.TransportException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Moves failed deliveries to other queues. The caller acknowledges a delivery after its move, so
 * that it is in one of the queues at any time.
 */
final class Moves {
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();
  private final RabbitPublisher publisher;
  private final RabbitMetrics metrics;

  Moves(RabbitPublisher publisher, RabbitMetrics metrics) {
    this.publisher = publisher;
    this.metrics = metrics;
  }

  /** Moves a delivery to a queue in which it waits. */
  void retry(String consumer, Duration pause, Delivery failed) throws TransportException {
    publisher.publish(List.of(Message.retry(Topology.retry(consumer, pause), failed)));
    metrics.retried.mark();
  }

  /** Moves a delivery to the dead letters. */
  void dead(String consumer, Delivery failed) throws TransportException {
    publisher.publish(List.of(Message.dead(consumer, ids.generate(), failed, Instant.now())));
    metrics.dead.mark();
  }

  /** Moves a dead letter to the work queues of its consumer. */
  void replay(String consumer, Delivery dead) throws TransportException {
    publisher.publish(List.of(Message.replay(consumer, dead)));
  }
}
