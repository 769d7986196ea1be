/**
 * Calls to partners that follow a change: who makes them, in one of three ways, and the client that
 * they share.
 */
package io.boxoffice.partner;
