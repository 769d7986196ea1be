/** Connects to RabbitMQ, for all features that use it. */
package io.boxoffice.platform.rabbitmq;
