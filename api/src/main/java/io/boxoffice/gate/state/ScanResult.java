package io.boxoffice.gate.state;

import java.util.UUID;

/**
 * States what became of one scan of a batch. Exactly one of the verdict, the missing sequence and
 * the problem is present.
 *
 * @param scanId null if the scan has no id that can be read
 * @param verdict what the scan did, or null
 * @param repeated whether the verdict is that of an earlier batch
 * @param expected the first missing sequence, which a parked scan waits for, or null
 * @param problem why the scan is not applied, or null
 * @param detail a sentence about the problem, or null
 */
public record ScanResult(
    UUID scanId,
    Verdict verdict,
    boolean repeated,
    Long expected,
    ItemProblem problem,
    String detail) {

  /** The scan was applied in this batch. */
  public static ScanResult applied(UUID scanId, Verdict verdict) {
    return new ScanResult(scanId, verdict, false, null, null, null);
  }

  /** The scan was applied before. */
  public static ScanResult repeated(UUID scanId, Verdict verdict) {
    return new ScanResult(scanId, verdict, true, null, null, null);
  }

  /** The scan waits for an earlier one. */
  public static ScanResult parked(UUID scanId, long expected) {
    return new ScanResult(scanId, null, false, expected, null, null);
  }

  /** The scan is not applied. */
  public static ScanResult invalid(UUID scanId, ItemProblem problem, String detail) {
    return new ScanResult(scanId, null, false, null, problem, detail);
  }
}
