package io.boxoffice.platform.metrics;

import com.codahale.metrics.MetricFilter;
import com.codahale.metrics.MetricRegistry;
import com.google.common.collect.ImmutableMap;
import io.prometheus.client.Collector;
import io.prometheus.client.dropwizard.DropwizardExports;
import io.prometheus.client.dropwizard.samplebuilder.CustomMappingSampleBuilder;
import io.prometheus.client.dropwizard.samplebuilder.MapperConfig;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Exports the listed metrics of Dropwizard's registry. The bridge turns dotted names into families
 * and labels; each family gets its own help text in place of the bridge's. Metrics that are not
 * listed here are not exported.
 */
final class DropwizardFamilies extends Collector implements Collector.Describable {
  /**
   * Maps Dropwizard's names to a metric family.
   *
   * @param match each star stands for one whole segment, which a label can use by its number
   * @param family without the {@code _total} that every meter gets
   * @param labels are exported in this order
   */
  private record Exported(
      String match, String family, String help, ImmutableMap<String, String> labels) {

    Exported(String match, String family, String help) {
      this(match, family, help, ImmutableMap.of());
    }
  }

  private static final List<Exported> EXPORTED =
      List.of(
          new Exported(
              "http.requests.*.*.*.*",
              "http_requests",
              "Requests that were answered, by what the simulation did to them.",
              ImmutableMap.of(
                  "method", "${0}", "route", "${1}", "status", "${2}", "simulated", "${3}")),
          new Exported(
              "io.dropwizard.jetty.MutableServletContextHandler.active-requests",
              "http_requests_in_flight",
              "Requests that are here in full and not yet answered, the waiting ones included."),
          new Exported(
              "http.limited.*",
              "http_limited_requests",
              "Requests that a rate limit refused.",
              ImmutableMap.of("policy", "${0}")),
          new Exported(
              "redis.requests.*.*",
              "redis_requests",
              "Requests to Redis, by what became of them.",
              ImmutableMap.of("use", "${0}", "outcome", "${1}")),
          new Exported(
              "redis.breaker.open",
              "redis_breaker_open",
              "1 while the service goes on without Redis, else 0."),
          new Exported(
              "purchases.*",
              "purchases",
              "Verdicts of the sales desk.",
              ImmutableMap.of("outcome", "${0}")),
          new Exported("tickets.sold", "tickets_sold", "Tickets that were sold."),
          new Exported(
              "tickets.returned",
              "tickets_returned",
              "Tickets that cancellations and orders put back on sale."),
          new Exported(
              "tickets.available",
              "tickets_available",
              "Tickets left of all types that are on sale, in the whole database."),
          new Exported(
              "sales.desk.queue.depth",
              "sales_desk_queue_depth",
              "Requests that wait at the sales desk."),
          new Exported(
              "sales.desk.queue.limit",
              "sales_desk_queue_limit",
              "Requests that may wait at the sales desk before more are refused as overload."),
          new Exported(
              "stock.invariant.violations",
              "stock_invariant_violations",
              "Ticket types whose stock does not match their orders and purchases; must be 0."),
          new Exported(
              "cancellations.open",
              "cancellations_open",
              "Cancelled concerts that are not given back whole, in the whole database."),
          new Exported(
              "cancellations.left",
              "cancellations_left",
              "Orders and purchases of these concerts that are not given back yet."),
          new Exported(
              "orders.open.*",
              "orders_open",
              "Orders that wait for something, in the whole database.",
              ImmutableMap.of("state", "${0}")),
          new Exported(
              "orders.stuck",
              "orders_stuck",
              "Orders that should have expired a minute ago or earlier; must be 0."),
          new Exported(
              "orders.refunding.oldest",
              "refunds_pending_oldest_seconds",
              "Age of the oldest refund that the partner has not made; 0 if none is pending."),
          new Exported(
              "orders.unanswered",
              "payments_unanswered",
              "Payments without an answer of the partner for a minute or longer."),
          new Exported(
              "sign-ins.*.*",
              "sign_ins",
              "Requests to sign in, by method and outcome.",
              ImmutableMap.of("method", "${0}", "outcome", "${1}")),
          new Exported("accounts.count", "accounts", "Accounts in the whole database."),
          new Exported(
              "accounts.sessions",
              "sessions_active",
              "Sessions that are neither ended nor expired, in the whole database."),
          new Exported(
              "hashing.queue.depth",
              "hashing_queue_depth",
              "Requests that wait for a thread that hashes passwords."),
          new Exported(
              "hashing.queue.limit",
              "hashing_queue_limit",
              "Requests that may wait for such a thread before more are refused as overload."),
          new Exported(
              "hashing.queue.rejections",
              "hashing_queue_rejections",
              "Requests that were refused as overload because the hashing queue was full."),
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
              "Deliveries that became dead letters."),
          new Exported(
              "payments.calls.*.*",
              "payment_calls",
              "Calls to the payment partner, by what became of them.",
              ImmutableMap.of("call", "${0}", "outcome", "${1}")),
          new Exported(
              "payments.in-flight.now",
              "payment_calls_in_flight",
              "Calls that the payment partner has not answered yet."),
          new Exported(
              "payments.in-flight.limit",
              "payment_calls_in_flight_limit",
              "Calls that may be in flight before more are refused."),
          new Exported(
              "payments.breaker",
              "payment_breaker_state",
              "0 while calls are sent to the payment partner, 1 while none is, 2 while a few try."),
          new Exported(
              "simulation.delays.*",
              "simulation_delays",
              "Requests that a rule of the simulation delayed.",
              ImmutableMap.of("rule", "${0}")),
          new Exported(
              "simulation.denials.*",
              "simulation_denials",
              "Requests that a rule of the simulation denied.",
              ImmutableMap.of("rule", "${0}")),
          new Exported(
              "simulation.losses.*",
              "simulation_losses",
              "Answers that a rule of the simulation threw away.",
              ImmutableMap.of("rule", "${0}")),
          new Exported(
              "simulation.overflow",
              "simulation_overflow",
              "Requests that were not delayed because too many were waiting."),
          new Exported(
              "simulation.active-delays",
              "simulation_active_delays",
              "Requests that the simulation keeps waiting."),
          new Exported(
              "simulation.setting-version",
              "simulation_setting_version",
              "The version of the simulation's setting that this replica follows."),
          new Exported(
              "simulation.scenario-phase",
              "simulation_scenario_phase",
              "The number of the active scenario's phase, from 1; 0 without a scenario."),
          new Exported(
              "simulation.changed-timestamp",
              "simulation_changed_timestamp_seconds",
              "When the simulation's setting last changed, in seconds since 1970."),
          new Exported(
              "tracing.spans.*",
              "trace_spans",
              "Spans that ended, and those that the receiver of traces took or did not take.",
              ImmutableMap.of("outcome", "${0}")),
          pool("active"),
          pool("idle"),
          pool("waiting"),
          new Exported(
              "database.pool.max-connections",
              "database_pool_max_connections",
              "Connections that the pool opens at most."),
          new Exported(
              "database.pool.timeouts",
              "database_pool_timeouts",
              "Waits for a connection of the pool that ended without one."),
          new Exported(
              "database.size", "database_size_bytes", "What the database takes on its disk."),
          new Exported(
              "database.replication-lag",
              "database_replication_lag_seconds",
              "How far the slowest standby is behind; no series where the server tells of none."));

  private static final Map<String, String> HELP =
      EXPORTED.stream()
          .collect(Collectors.toMap(Exported::family, Exported::help, (one, same) -> one));

  private final DropwizardExports bridge;

  DropwizardFamilies(MetricRegistry metrics) {
    this.bridge =
        new DropwizardExports(
            metrics,
            onlyExported(),
            new CustomMappingSampleBuilder(
                EXPORTED.stream()
                    .map(one -> new MapperConfig(one.match(), one.family(), one.labels()))
                    .toList()));
  }

  private static Exported pool(String state) {
    return new Exported(
        "database.pool.connections." + state,
        "database_pool_connections",
        "Connections of the pool that are lent or idle, and requests that wait for one.",
        ImmutableMap.of("state", state));
  }

  private static MetricFilter onlyExported() {
    List<Pattern> patterns =
        EXPORTED.stream()
            .map(one -> one.match().replace(".", "\\.").replace("*", "[^.]*"))
            .map(Pattern::compile)
            .toList();
    return (name, metric) -> patterns.stream().anyMatch(one -> one.matcher(name).matches());
  }

  @Override
  public List<MetricFamilySamples> collect() {
    return bridge.collect().stream()
        .map(
            family ->
                new MetricFamilySamples(
                    family.name, family.unit, family.type, HELP.get(family.name), family.samples))
        .toList();
  }

  @Override
  public List<MetricFamilySamples> describe() {
    return bridge.describe();
  }
}
