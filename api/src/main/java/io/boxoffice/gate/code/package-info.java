/**
 * Ticket codes: signed texts that a gate checks without the shop, and the tickets that have them.
 */
package io.boxoffice.gate.code;
