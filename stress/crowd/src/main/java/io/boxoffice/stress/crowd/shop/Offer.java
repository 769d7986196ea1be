package io.boxoffice.stress.crowd.shop;

/**
 * A ticket type that can be bought.
 *
 * @param most how many tickets one purchase may have
 */
public record Offer(String concertId, String ticketTypeId, int most) {}
