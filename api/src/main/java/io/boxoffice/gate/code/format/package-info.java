/**
 * The text of a ticket code, and its check without a network. It needs the JDK only, so that a
 * gate's device can use it without the shop.
 */
package io.boxoffice.gate.code.format;
