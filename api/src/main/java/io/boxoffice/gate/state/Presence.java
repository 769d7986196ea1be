package io.boxoffice.gate.state;

/**
 * Counts how often a ticket has entered and left.
 *
 * @param entries 0 or more
 * @param exits as many as entries, or one less
 */
public record Presence(int entries, int exits) {
  /** The state of a ticket that was never admitted. */
  public static final Presence NEVER = new Presence(0, 0);

  /** Whether the ticket is inside. */
  public boolean inside() {
    return entries > exits;
  }

  /** Returns the state after a scan with this outcome. */
  Presence after(Outcome outcome) {
    return switch (outcome) {
      case ADMITTED -> new Presence(entries + 1, exits);
      case LEFT -> new Presence(entries, exits + 1);
      case REFUSED -> this;
    };
  }
}
