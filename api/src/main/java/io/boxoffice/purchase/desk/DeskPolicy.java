package io.boxoffice.purchase.desk;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Holds the numbers of the desk that are not settings, with the reason for each. "1.03 times as
 * fast" compares with the same build without the rule.
 */
final class DeskPolicy {
  /**
   * The size up to which a batch takes every queued request. A batch costs PostgreSQL 0.74 ms and
   * each of its sales 0.069 ms (ADR 8), so small batches waste its time. A plain limit of 24 sold
   * 1,000 ticket types 0.88 times as fast, because it needed more workers.
   */
  private static final int WHOLE_BATCH = 24;

  /**
   * The next batch starts at once when this fraction of the last batch's size is queued. One hot
   * ticket type sold 1.05 to 1.16 times as fast (ADR 24).
   */
  private static final double ENOUGH_QUEUED = 1.0 / 3;

  /**
   * The longest pause before the next batch when fewer requests are queued, so that busy response
   * threads cannot stop the sale. It is a few times as long as a batch; not measured.
   */
  static final Duration LONGEST_PAUSE = Duration.ofMillis(5);

  /**
   * Responses that one task sends. The number is small enough to spread a batch over the threads,
   * and large enough to be worth the hand-over to a thread. It is not measured.
   */
  static final int RESPONSES_PER_TASK = 16;

  /**
   * When no batch has finished for this time and requests are queued, one more worker starts. A
   * batch takes about 2 ms, so this one is blocked, for example by a row lock.
   */
  static final Duration SWEEP_INTERVAL = Duration.ofMillis(50);

  /**
   * How long the desk remembers a stock that is not sold out. A ticket type in demand has its next
   * batch within this time. With a longer memory the desk keeps more queues, and 1,000 ticket types
   * sold 0.88 to 0.96 times as fast (ADR 22). The sale verifies the stock in the database, so an
   * old value cannot oversell.
   */
  static final Duration STOCK_MEMORY = Duration.ofSeconds(2);

  /** The longest Retry-After of a rejected request, in seconds. It is not measured. */
  private static final int LONGEST_RETRY_AFTER = 3;

  private DeskPolicy() {}

  /**
   * Returns how many requests the next batch takes at most: 24 or half of the queue, whichever is
   * more. The others form the batch after it, which the database can begin while the responses of
   * this one are sent. One hot ticket type sold 1.03 times as fast, 1,000 types 1.07 times (ADR
   * 24).
   *
   * @param batchSize the setting, which is the upper limit
   */
  static int batchLimit(int queued, int batchSize) {
    return Math.min(batchSize, Math.max(WHOLE_BATCH, queued / 2));
  }

  /**
   * Returns after how many seconds a rejected client may retry; at random, to spread the retries.
   */
  static int retryAfterSeconds() {
    return ThreadLocalRandom.current().nextInt(1, LONGEST_RETRY_AFTER + 1);
  }

  /** Whether so many requests are queued that the next batch starts at once. */
  static boolean isEnough(int queued, int lastBatch) {
    return queued >= lastBatch * ENOUGH_QUEUED;
  }
}
