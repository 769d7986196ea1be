/** Decides which requests get tickets. Everything here is a pure function or a record. */
package io.boxoffice.purchase.allocation;
