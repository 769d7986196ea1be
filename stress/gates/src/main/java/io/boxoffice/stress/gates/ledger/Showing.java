package io.boxoffice.stress.gates.ledger;

import java.util.UUID;

/**
 * A code that is held in front of a gate's device.
 *
 * @param ticketId null if it is forged
 * @param outwards whether the person leaves
 */
public record Showing(Kind kind, UUID ticketId, String code, boolean outwards) {

  /** A person that wants to enter. */
  public static Showing inwards(Kind kind, UUID ticketId, String code) {
    return new Showing(kind, ticketId, code, false);
  }

  /** The same ticket on the way out. */
  public Showing leaving() {
    return new Showing(kind, ticketId, code, true);
  }
}
