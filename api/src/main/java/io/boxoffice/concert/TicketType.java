package io.boxoffice.concert;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * Represents one kind of ticket of a concert for clients: a name, a price and a stock.
 *
 * @param capacity how many tickets there are in all
 * @param available how many of them are not sold
 */
@Schema(requiredProperties = {"id", "name", "price", "capacity", "available"})
public record TicketType(UUID id, String name, Price price, int capacity, int available) {}
