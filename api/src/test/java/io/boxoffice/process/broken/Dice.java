package io.boxoffice.process.broken;

import java.util.List;
import java.util.Random;

/** Makes the random choices of a request reproducible: they depend only on a seed. */
final class Dice {
  private final Random random;

  Dice(long seed) {
    this.random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Returns true with a probability of 1 / {@code times}. */
  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  @SafeVarargs
  final <T> T pick(T... options) {
    return options[random.nextInt(options.length)];
  }

  <T> T pick(List<T> options) {
    return options.get(random.nextInt(options.size()));
  }

  /** Returns random bytes, as characters of ISO-8859-1. */
  String bytes(int count) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < count; i++) {
      bytes.append((char) random.nextInt(256));
    }
    return bytes.toString();
  }

  /** Returns the text with a few changed bits, ranges or bytes. */
  String mutated(String text) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = 1 + below(4); i > 0 && changed.length() > 1; i--) {
      int from = below(changed.length());
      int to = Math.min(changed.length(), from + 1 + below(8));
      switch (below(5)) {
        case 0, 1 -> changed.setCharAt(from, (char) (changed.charAt(from) ^ 1 << below(8)));
        case 2 -> changed.delete(from, to);
        case 3 -> changed.insert(from, changed.substring(from, to));
        default -> changed.insert(from, (char) below(256));
      }
    }
    return changed.toString();
  }

  /** Returns the beginning of a text, never the whole text. */
  String cut(String text) {
    return text.isEmpty() ? text : text.substring(0, below(text.length()));
  }
}
