package io.boxoffice.stress.bench.sql;

import java.util.UUID;

/** The data of a ticket type that a request needs. */
public record TicketTypeRef(UUID concertId, UUID id) {}
