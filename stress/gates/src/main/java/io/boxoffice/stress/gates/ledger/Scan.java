package io.boxoffice.stress.gates.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * A scan as a device numbers it. A repetition is the same in every member.
 *
 * @param sequence from 1 on in its series
 * @param offline whether the device had no network and let the person pass
 * @param scannedAt by the device's clock, which may be wrong
 */
public record Scan(
    UUID scanId,
    String gate,
    long series,
    long sequence,
    Showing showing,
    boolean offline,
    Instant scannedAt) {

  /** Names the scan in a fault. */
  public String name() {
    return "scan %s (%s, series %d, sequence %d%s)"
        .formatted(scanId, gate, series, sequence, offline ? ", offline" : "");
  }
}
