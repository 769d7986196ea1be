package io.boxoffice.stress.gates.plan;

import java.util.List;

/**
 * The tickets of a run.
 *
 * @param valid each person has one of them
 * @param cancelled bought for the concert, and given back after their codes were printed
 * @param ofOtherConcert valid for another concert
 */
public record Tickets(List<Ticket> valid, List<Ticket> cancelled, List<Ticket> ofOtherConcert) {}
