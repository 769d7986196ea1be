package io.boxoffice.stress.gates.device;

import io.boxoffice.stress.gates.ledger.Showing;

/**
 * A person at a gate.
 *
 * @param gate the number of the gate, from 0 on
 * @param atNanos since the begin of the run
 */
public record Arrival(int gate, Showing showing, long atNanos) {}
