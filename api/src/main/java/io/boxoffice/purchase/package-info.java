/**
 * Sells tickets, from a buyer's request to committed tickets, and cancels purchases.
 *
 * <p>{@link io.boxoffice.purchase.PurchaseResource} receives the request over HTTP. {@link
 * io.boxoffice.purchase.SalesDesk} queues it. {@link io.boxoffice.purchase.Allocation} decides
 * which requests of a batch get tickets. {@link io.boxoffice.purchase.SaleTransaction} writes the
 * result.
 */
package io.boxoffice.purchase;
