/** Holds the SQL of purchases, tickets and stock, and the transaction that sells a batch. */
package io.boxoffice.purchase.store;
