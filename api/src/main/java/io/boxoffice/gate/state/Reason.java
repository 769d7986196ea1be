package io.boxoffice.gate.state;

import java.util.Locale;

/**
 * Names why a scan is refused. The texts are part of the contract: they are added, never renamed.
 */
public enum Reason {
  /** The ticket is inside; or it has left, and the concert allows no second entry. */
  ALREADY_ADMITTED,
  /** The purchase or the concert is cancelled, or the money was returned. */
  CANCELLED,
  /** The ticket is for another concert than that of the gate. */
  WRONG_CONCERT,
  /** There is no such ticket. */
  UNKNOWN,
  /** The code has no valid signature. */
  FORGED,
  /** The gate is not open yet. */
  TOO_EARLY,
  /** The gate is closed. */
  TOO_LATE,
  /** A scan outwards of a ticket that is not inside. */
  NOT_INSIDE,
  /** The scan has a position, and another member is not valid. */
  UNREADABLE;

  /** The text in responses, in the database and in labels of metrics. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads a text that {@link #text()} gave. */
  public static Reason of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
