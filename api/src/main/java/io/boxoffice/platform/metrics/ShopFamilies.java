package io.boxoffice.platform.metrics;

import com.google.common.collect.ImmutableMap;
import java.util.List;

/** The families of sales, orders, payments and accounts. */
final class ShopFamilies {
  private ShopFamilies() {}

  static final List<Exported> LIST =
      List.of(
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
              "gate.requests.waiting",
              "gate_requests_waiting",
              "Requests with scans that wait for a transaction."),
          new Exported(
              "gate.parked",
              "gate_parked",
              "Scans that wait for an earlier one, in the whole database."),
          new Exported(
              "gate.parked.oldest",
              "gate_parked_oldest_seconds",
              "How long the oldest of them has waited; 0 if there is none."),
          new Exported(
              "gate.conflicts.recent",
              "gate_conflicts_recent",
              "Offline scans of the last day that the shop refused, in the whole database."),
          new Exported(
              "gate.attendance.differences",
              "gate_attendance_differences",
              "Minutes whose counts differ from their scans; must be 0."));
}
