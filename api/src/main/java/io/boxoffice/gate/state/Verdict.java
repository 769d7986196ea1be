package io.boxoffice.gate.state;

/**
 * States what a scan did.
 *
 * @param reason why it was refused; null for the other outcomes
 */
public record Verdict(Outcome outcome, Reason reason) {
  static final Verdict ADMITTED = new Verdict(Outcome.ADMITTED, null);
  static final Verdict LEFT = new Verdict(Outcome.LEFT, null);

  static Verdict refused(Reason reason) {
    return new Verdict(Outcome.REFUSED, reason);
  }

  /**
   * Whether a gate without network let a person in that this verdict refuses.
   *
   * @param scan the scan of this verdict
   */
  public boolean conflictsWith(Scan scan) {
    return outcome == Outcome.REFUSED
        && scan.mode() == DeviceMode.OFFLINE
        && scan.direction() == Direction.IN;
  }
}
