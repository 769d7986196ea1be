package io.boxoffice.stress.gates.ledger;

/** What a person shows at a gate, and so what the shop must answer. */
public enum Kind {
  /** A valid ticket: the first scan of it inwards is admitted, and no other. */
  VALID(null),
  /** A ticket whose purchase was cancelled after its code was printed. */
  CANCELLED("cancelled"),
  /** A valid ticket of another concert. */
  OTHER_CONCERT("wrong-concert"),
  /** Text that the shop did not sign. */
  FORGED("forged");

  private final String reason;

  Kind(String reason) {
    this.reason = reason;
  }

  /** The only reason for which the shop refuses it; null for a valid ticket. */
  public String reason() {
    return reason;
  }
}
