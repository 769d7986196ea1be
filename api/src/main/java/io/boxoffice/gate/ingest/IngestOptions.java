package io.boxoffice.gate.ingest;

import java.time.Duration;

/**
 * Sets sizes and times that no operator needs to change.
 *
 * @param batchScans after so many scans, a worker collects no further message
 * @param linger how long a worker waits for further messages of a batch
 * @param prefetch how many messages of a partition a replica holds, received and not acknowledged
 * @param firstPause after the first failure; it doubles with each further one
 * @param longestPause the longest pause between two tries
 * @param betweenChecks between two looks at the partitions
 */
record IngestOptions(
    int batchScans,
    Duration linger,
    int prefetch,
    Duration firstPause,
    Duration longestPause,
    Duration betweenChecks) {
  private static final int MOST_DOUBLINGS = 20;

  /** The options of the service. */
  static IngestOptions standard() {
    return new IngestOptions(
        200,
        Duration.ofMillis(20),
        200,
        Duration.ofMillis(250),
        Duration.ofSeconds(30),
        Duration.ofMillis(500));
  }

  /**
   * Returns the pause before the next try.
   *
   * @param failures how many tries have failed, 1 or more
   */
  Duration pauseAfter(int failures) {
    Duration grown = firstPause.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    return grown.compareTo(longestPause) < 0 ? grown : longestPause;
  }
}
