package io.boxoffice.stress.bench.sql;

import java.util.UUID;

/** What a request needs to know of a ticket type. */
public record TicketTypeRef(UUID concertId, UUID id) {}
