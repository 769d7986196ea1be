package io.boxoffice.gate.state;

import java.util.Locale;

/**
 * Names why a scan is not applied, although its batch is. The texts are part of the contract: they
 * are added, never renamed.
 */
public enum ItemProblem {
  /** The id, the gate, the series or the sequence is missing or not valid. */
  INVALID_SCAN,
  /** No gate has this name. */
  UNKNOWN_GATE,
  /** Another scan has this position. */
  SEQUENCE_USED,
  /** The gate has a greater series, and never had this one. */
  SERIES_TOO_LOW,
  /** Too many scans of the series wait for an earlier one. */
  TOO_MANY_PARKED,
  /** The position was skipped, or its result is older than the retention. */
  POSITION_PASSED,
  /** Another site sells the concert of the gate. */
  OTHER_SITE,
  /** The database refuses the scan. */
  REJECTED;

  /** The text in responses. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
