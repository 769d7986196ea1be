package io.boxoffice.platform.limit;

import com.google.common.math.LongMath;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes guesses slow: after some failures, each further attempt of the same partition must wait
 * twice as long as the one before. The database counts, for all replicas together.
 *
 * <p>An attempt counts as failed from its begin; a success takes that back with all failures before
 * it. So a client gains nothing from many attempts at once, while the first is still being checked.
 */
public final class GrowingDelay {
  private static final int BATCH = 1_000;
  private static final int MOST_BATCHES = 100;

  private final Jdbi jdbi;
  private final PartitionKeys keys;
  private final String name;
  private final int free;
  private final Duration longest;
  private final Duration memory;

  /**
   * Creates a delay.
   *
   * @param keys hide the partitions in the database
   * @param name keeps its partitions apart from those of others
   * @param free the failures without a wait, at least 1; after the next one the wait is 1 second
   * @param longest the longest wait
   * @param memory how long after its last wait a partition begins again
   */
  public GrowingDelay(
      Jdbi jdbi, PartitionKeys keys, String name, int free, Duration longest, Duration memory) {
    this.jdbi = jdbi;
    this.keys = keys;
    this.name = name;
    this.free = free;
    this.longest = longest;
    this.memory = memory;
  }

  /**
   * Begins an attempt.
   *
   * @return the failures of the partition, this attempt included
   * @throws ProblemException 429 when the partition must wait; the attempt then counts for nothing
   */
  public int begin(String partition) {
    UUID key = key(partition);
    return jdbi.withExtension(FailedAttemptDao.class, dao -> dao.begin(key, free, longest, memory))
        .orElseThrow(() -> tooEarly(key));
  }

  private ProblemException tooEarly(UUID key) {
    Optional<Long> millis =
        jdbi.withExtension(FailedAttemptDao.class, dao -> dao.millisToWait(key));
    // At least one second, because a short wait can end before it is read.
    long seconds = LongMath.divide(Math.max(1, millis.orElse(1L)), 1000, RoundingMode.CEILING);
    return ProblemException.retryable(
        ProblemCode.QUOTA_EXCEEDED,
        "Too many attempts have failed, so the next one must wait.",
        Math.toIntExact(seconds));
  }

  /** Takes back an attempt that was neither right nor wrong, because nothing checked it. */
  public void takeBack(String partition) {
    jdbi.useExtension(FailedAttemptDao.class, dao -> dao.takeBack(key(partition)));
  }

  /** Forgets the failures of a partition, after a success. */
  public void forget(String partition) {
    jdbi.useExtension(FailedAttemptDao.class, dao -> dao.forget(key(partition)));
  }

  /** Deletes what no longer counts, of all delays and in small transactions. */
  public static void deleteForgotten(Jdbi jdbi) {
    int batches = 0;
    int deleted;
    do {
      deleted = jdbi.withExtension(FailedAttemptDao.class, dao -> dao.deleteForgotten(BATCH));
      batches++;
    } while (deleted == BATCH && batches < MOST_BATCHES);
  }

  private UUID key(String partition) {
    return keys.key(name, partition);
  }
}
