package io.boxoffice.stress.crowd.shop;

/** How many tickets of a type there are, and how many are not sold. */
public record Stock(String ticketTypeId, long capacity, long available) {}
