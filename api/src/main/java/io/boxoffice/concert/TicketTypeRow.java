package io.boxoffice.concert;

import java.util.UUID;

/** Holds a row of {@code ticket_types}. A sale locks this row. */
public record TicketTypeRow(
    UUID id,
    UUID concertId,
    int position,
    String name,
    long priceAmount,
    String priceCurrency,
    int capacity,
    int available) {

  TicketType toTicketType() {
    return new TicketType(id, name, new Price(priceAmount, priceCurrency), capacity, available);
  }
}
