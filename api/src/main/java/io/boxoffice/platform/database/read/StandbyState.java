package io.boxoffice.platform.database.read;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether reads go to a standby. One bad sign ends it; only many good measurements in a row
 * start it again, so that reads do not move back and forth.
 */
final class StandbyState {
  private static final Logger LOG = LoggerFactory.getLogger(StandbyState.class);

  private final int needed;
  private int good;
  private volatile boolean usable;

  /**
   * Begins without a standby.
   *
   * @param needed how many good measurements in a row make it usable
   */
  StandbyState(int needed) {
    this.needed = needed;
  }

  boolean isUsable() {
    return usable;
  }

  /** Records that the data of the standby are fresh enough. */
  synchronized void fresh() {
    if (!usable && ++good >= needed) {
      usable = true;
      LOG.info("Reads that may be old go to the read database");
    }
  }

  /**
   * Records that the standby failed, or that its data are too old.
   *
   * @param reason for the log
   */
  synchronized void unusable(String reason) {
    good = 0;
    if (usable) {
      usable = false;
      LOG.warn("All reads go to the primary: the read database {}", reason);
    }
  }
}
