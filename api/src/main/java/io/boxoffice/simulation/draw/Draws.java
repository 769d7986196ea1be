package io.boxoffice.simulation.draw;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * Draws random numbers between 0 and 1 that are reproducible. A number depends only on the seed,
 * the rule and the request's number in the rule's sequence. Threads share no generator, so their
 * order does not change the result. The mixing function is that of SplitMix64 (Steele, Lea, Flood,
 * "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014; constants of D. Stafford's variant
 * 13).
 */
final class Draws {
  /** The use of a number. The numbers of different purposes are independent. */
  enum Purpose {
    WHETHER_DELAYED(1),
    HOW_LONG(2),
    WHETHER_DENIED(3),
    WHICH_OUTCOME(4),
    RETRY_AFTER(5),
    WHETHER_LOST(6);

    /** Must not change: a seed must give the same decisions in every release. */
    private final int stream;

    Purpose(int stream) {
      this.stream = stream;
    }
  }

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final long seed;
  private final long rule;

  Draws(long seed, String ruleId) {
    this.seed = seed;
    this.rule = Hashing.farmHashFingerprint64().hashString(ruleId, StandardCharsets.UTF_8).asLong();
  }

  /** Returns a number above 0 and below 1. */
  double draw(Purpose purpose, long sequence) {
    long stream = mix(mix(seed + GOLDEN_GAMMA) ^ rule) + mix(purpose.stream + GOLDEN_GAMMA);
    long bits = mix(mix(stream) + (sequence + 1) * GOLDEN_GAMMA);
    // A double holds 53 bits. Adding 0.5 excludes 0 and 1, where quantiles are infinite.
    return ((bits >>> 11) + 0.5) * 0x1.0p-53;
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
