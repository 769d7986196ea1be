package io.boxoffice.stress.crowd.shop;

import java.util.List;

/** A purchase in the records of the shop. */
public record Receipt(
    String id,
    String ticketTypeId,
    String email,
    int quantity,
    boolean confirmed,
    List<String> ticketIds) {}
