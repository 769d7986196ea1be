/** Holds the statements of orders and payments, and the transactions that change them. */
package io.boxoffice.order.store;
