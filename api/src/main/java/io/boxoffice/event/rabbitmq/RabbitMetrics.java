package io.boxoffice.event.rabbitmq;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;

/** Counts what happens to messages. */
final class RabbitMetrics {
  /** Messages that reached no queue. */
  final Meter returned;

  /** Messages of publications that the broker did not confirm in time, or refused. */
  final Meter unconfirmed;

  /** Messages that the broker delivered once more, because a consumer ended or failed. */
  final Meter redelivered;

  /** Deliveries that failed and are tried again. */
  final Meter retried;

  /** Deliveries that failed for good. */
  final Meter dead;

  RabbitMetrics(MetricRegistry metrics) {
    this.returned = metrics.meter("rabbitmq.returned");
    this.unconfirmed = metrics.meter("rabbitmq.unconfirmed");
    this.redelivered = metrics.meter("rabbitmq.redelivered");
    this.retried = metrics.meter("rabbitmq.retried");
    this.dead = metrics.meter("rabbitmq.dead.letters");
  }
}
