package io.boxoffice.gate.scan;

import io.boxoffice.gate.state.Reason;
import java.util.UUID;

/** Finds out which ticket a scanned code is for. */
@FunctionalInterface
public interface ScannedCode {

  /**
   * States what a code means.
   *
   * @param ticketId null if the code is refused
   * @param refusal why the code is refused, or null
   */
  record Meaning(UUID ticketId, Reason refusal) {
    /** The code is for this ticket. */
    public static Meaning ticket(UUID ticketId) {
      return new Meaning(ticketId, null);
    }

    /** The code is refused. */
    public static Meaning refused(Reason reason) {
      return new Meaning(null, reason);
    }
  }

  /** Reads a code of any text; this never throws. */
  Meaning read(String code);
}
