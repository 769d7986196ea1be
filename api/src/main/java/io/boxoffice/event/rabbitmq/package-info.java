/**
 * RabbitMQ as the transport of events. Read {@link io.boxoffice.event.rabbitmq.RabbitTransport}
 * first, then {@code Topology}.
 */
package io.boxoffice.event.rabbitmq;
