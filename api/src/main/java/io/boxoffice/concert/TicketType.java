package io.boxoffice.concert;

import java.util.UUID;

/**
 * A priced block of stock of one concert.
 *
 * @param capacity how many tickets there are
 * @param available how many of them are not sold
 */
public record TicketType(UUID id, String name, Price price, int capacity, int available) {}
