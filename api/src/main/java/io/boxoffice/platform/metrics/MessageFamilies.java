package io.boxoffice.platform.metrics;

import com.google.common.collect.ImmutableMap;
import java.util.List;

/** The families of events, mails, reports and page views. */
final class MessageFamilies {
  private MessageFamilies() {}

  static final List<Exported> LIST =
      List.of(
          new Exported(
              "mails.attempts.*",
              "mail_attempts",
              "Attempts to send mails, by outcome.",
              ImmutableMap.of("outcome", "${0}")),
          new Exported(
              "mails.queued", "mails_queued", "Mails that wait to be sent, in the whole database."),
          new Exported(
              "mails.oldest",
              "mails_queued_oldest_seconds",
              "Age of the oldest mail that waits to be sent; 0 if none does."),
          new Exported(
              "mails.written.*",
              "mails",
              "Mails that the service wrote, to send or to keep them, by what they say.",
              ImmutableMap.of("kind", "${0}")),
          new Exported(
              "events.outbox.waiting",
              "outbox_events",
              "Events that are not published, in the whole database."),
          new Exported(
              "events.outbox.oldest",
              "outbox_oldest_seconds",
              "Age of the event that is published next; 0 if none waits."),
          new Exported(
              "events.published",
              "events_published",
              "Events that the transport has confirmed to this replica's relay."),
          new Exported(
              "events.relay.leads",
              "relay_leads",
              "1 while this replica's relay publishes for all replicas, else 0."),
          new Exported(
              "events.relay.failures",
              "relay_failures",
              "Batches that were not published, and lost sessions of the relay."),
          new Exported(
              "page-views.written", "page_views_written", "Page views that are in the database."),
          new Exported(
              "page-views.transactions",
              "page_view_transactions",
              "Transactions that wrote page views."),
          new Exported(
              "page-views.refused",
              "page_views_refused",
              "Page views that were refused because too many waited."),
          new Exported(
              "page-views.lost",
              "page_views_lost",
              "Page views that were accepted, and not written at the stop of the service."),
          new Exported(
              "page-views.waiting",
              "page_views_waiting",
              "Page views that wait to be written by this replica."),
          new Exported(
              "reports.ended.*",
              "reports_ended",
              "Reports that ended at this replica, by outcome.",
              ImmutableMap.of("outcome", "${0}")),
          new Exported(
              "reports.queued", "reports_queued", "Reports to be made, in the whole database."),
          new Exported(
              "reports.oldest",
              "reports_queued_oldest_seconds",
              "Age of the oldest report to be made; 0 if there is none."),
          new Exported(
              "rabbitmq.connected.*",
              "rabbitmq_connected",
              "1 while this replica's connection to RabbitMQ is open, else 0.",
              ImmutableMap.of("connection", "${0}")),
          new Exported(
              "rabbitmq.blocked.*",
              "rabbitmq_blocked",
              "1 while RabbitMQ reads nothing from this replica's connection, else 0.",
              ImmutableMap.of("connection", "${0}")),
          new Exported(
              "rabbitmq.returned",
              "rabbitmq_returned",
              "Messages that RabbitMQ returned, because they reached no queue."),
          new Exported(
              "rabbitmq.unconfirmed",
              "rabbitmq_unconfirmed",
              "Messages of publications that RabbitMQ did not confirm."),
          new Exported(
              "rabbitmq.redelivered",
              "rabbitmq_redelivered",
              "Messages that RabbitMQ delivered once more."),
          new Exported(
              "rabbitmq.retried",
              "rabbitmq_retried",
              "Failed deliveries that wait at RabbitMQ for another try."),
          new Exported(
              "rabbitmq.dead.letters",
              "rabbitmq_dead_letters",
              "Deliveries that became dead letters."));
}
