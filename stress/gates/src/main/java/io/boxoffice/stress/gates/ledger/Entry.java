package io.boxoffice.stress.gates.ledger;

/** A scan with the result that its device was given. */
public record Entry(Scan scan, Result result) {

  /**
   * Whether the person has passed inwards: by the shop's result, or by the device without network.
   */
  public boolean passedInwards() {
    return !scan.showing().outwards() && (scan.offline() || result.is(Result.ADMITTED));
  }
}
