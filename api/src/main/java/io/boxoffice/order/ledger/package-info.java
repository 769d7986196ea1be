/** Compares the shop's money with the ledger of the payment partner. */
package io.boxoffice.order.ledger;
