package io.boxoffice.gate.state;

/**
 * Holds what a decision needs to know about a ticket that exists.
 *
 * @param ofThisConcert whether it is for the concert of the gate
 * @param cancelled whether its purchase or its concert is cancelled
 */
public record TicketFacts(boolean ofThisConcert, boolean cancelled) {}
