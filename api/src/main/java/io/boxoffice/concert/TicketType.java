package io.boxoffice.concert;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * A priced block of stock of one concert.
 *
 * @param capacity how many tickets there are
 * @param available how many of them are not sold
 */
@Schema(requiredProperties = {"id", "name", "price", "capacity", "available"})
public record TicketType(UUID id, String name, Price price, int capacity, int available) {}
