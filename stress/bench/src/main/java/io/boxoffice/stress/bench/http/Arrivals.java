package io.boxoffice.stress.bench.http;

import java.util.SplittableRandom;

/**
 * When buyers arrive that do not wait for one another: at random, at a rate (a Poisson process).
 * Latency is counted from these instants, even if the generator or the service was busy then, so
 * that a stall counts for every buyer that arrived during it.
 */
public final class Arrivals {
  private final double meanGapNanos;
  private final SplittableRandom random;
  private double next;

  /** The same seed gives the same arrivals. */
  public Arrivals(double perSecond, long seed) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("no arrivals at a rate of " + perSecond);
    }
    this.meanGapNanos = 1e9 / perSecond;
    this.random = new SplittableRandom(seed);
    advance();
  }

  /** The next arrival, in nanoseconds since the start. */
  public long peek() {
    return (long) next;
  }

  /** Continues with the next arrival. */
  public void advance() {
    next -= meanGapNanos * Math.log(1 - random.nextDouble());
  }
}
