/**
 * What carries events from the relay to consumers: one small interface, and what all its
 * implementations share.
 */
package io.boxoffice.event.transport;
