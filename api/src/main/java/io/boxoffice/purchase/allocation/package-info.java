/** Decides which requests of a batch get tickets. It does no input and no output. */
package io.boxoffice.purchase.allocation;
