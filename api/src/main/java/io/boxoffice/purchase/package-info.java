/**
 * Sells tickets, from a buyer's request to committed tickets, and cancels purchases.
 *
 * <p>{@link io.boxoffice.purchase.PurchaseResource} receives the request over HTTP. {@link
 * io.boxoffice.purchase.desk.SalesDesk} queues it and runs it in a batch. {@link
 * io.boxoffice.purchase.allocation.Allocation} decides which requests of a batch get tickets.
 * {@link io.boxoffice.purchase.store.SaleTransaction} writes the result.
 */
package io.boxoffice.purchase;
