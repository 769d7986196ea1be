/**
 * Sells tickets to buyers who pay, from the hold to the refund.
 *
 * <p>{@link io.boxoffice.order.state.Lifecycle} decides what an event does to an order. {@link
 * io.boxoffice.order.store.OrderTransactions} writes it in one transaction. {@link
 * io.boxoffice.order.PaymentService} asks the {@link io.boxoffice.order.payment.PaymentPartner};
 * its answers, its callbacks and the {@link io.boxoffice.order.Reconciler} all report to {@link
 * io.boxoffice.order.OrderPayments}.
 */
package io.boxoffice.order;
