package io.boxoffice.stress.crowd.shop;

import java.util.List;

/** A purchase as the shop's books have it. */
public record Receipt(
    String id,
    String ticketTypeId,
    String email,
    int quantity,
    boolean confirmed,
    List<String> ticketIds) {}
