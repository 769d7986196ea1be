package io.boxoffice.simulation;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * Numbers between 0 and 1 that depend on a seed, a rule and a request's place in the rule's
 * sequence, and on nothing else: no generator is shared, so threads cannot change what is drawn.
 * The mixing is SplitMix64's (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators",
 * OOPSLA 2014; constants of D. Stafford's variant 13).
 */
final class Draws {
  /** What a number is drawn for; each is drawn independently of the others. */
  enum Purpose {
    WHETHER_DELAYED(1),
    HOW_LONG(2),
    WHETHER_DENIED(3),
    WHICH_OUTCOME(4),
    RETRY_AFTER(5),
    WHETHER_LOST(6);

    /** Never changed, so that a seed decides tomorrow as it does today. */
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

  /** A number above 0 and below 1. */
  double draw(Purpose purpose, long sequence) {
    long stream = mix(mix(seed + GOLDEN_GAMMA) ^ rule) + mix(purpose.stream + GOLDEN_GAMMA);
    long bits = mix(mix(stream) + (sequence + 1) * GOLDEN_GAMMA);
    // 53 bits are what a double holds; the half keeps 0 and 1 out, where quantiles are infinite.
    return ((bits >>> 11) + 0.5) * 0x1.0p-53;
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
