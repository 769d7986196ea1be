package io.boxoffice.stress.gates.plan;

import java.util.UUID;

/** A ticket that was bought for the run, with its printed code. */
public record Ticket(UUID id, String code) {}
