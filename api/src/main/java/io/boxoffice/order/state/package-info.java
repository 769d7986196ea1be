/** Decides what an event does to an order. It does no input or output, so a test can try all. */
package io.boxoffice.order.state;
