/**
 * Selling: from a buyer's request to committed tickets, and back again by cancellation.
 *
 * <p>{@link io.boxoffice.purchase.PurchaseResource} speaks HTTP, {@link
 * io.boxoffice.purchase.SalesDesk} is where requests wait, {@link io.boxoffice.purchase.Allocation}
 * decides, and {@link io.boxoffice.purchase.SaleTransaction} writes.
 */
package io.boxoffice.purchase;
