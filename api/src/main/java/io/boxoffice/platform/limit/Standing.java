package io.boxoffice.platform.limit;

import com.google.common.math.LongMath;
import java.math.RoundingMode;
import java.util.concurrent.TimeUnit;

/**
 * What a policy decided about a request.
 *
 * @param accepted whether the request is within the quota
 * @param remaining the requests that would be accepted now
 * @param nextNanos the time until one more request is accepted than now
 */
record Standing(boolean accepted, long remaining, long nextNanos) {

  /** Refuses a request; the next one is accepted after the given time. */
  static Standing refused(long nextNanos) {
    return new Standing(false, 0, nextNanos);
  }

  /** {@link #nextNanos} in seconds, rounded up: the value of Retry-After. */
  int seconds() {
    return Math.toIntExact(
        LongMath.divide(nextNanos, TimeUnit.SECONDS.toNanos(1), RoundingMode.CEILING));
  }

  /**
   * The decision as an item of the header RateLimit . Its {@code t} and Retry-After are the same
   * point in time, as the draft asks.
   */
  String item(Policy policy) {
    return "\"" + policy.name() + "\";r=" + remaining + ";t=" + seconds();
  }
}
