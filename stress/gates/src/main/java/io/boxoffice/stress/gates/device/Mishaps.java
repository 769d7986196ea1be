package io.boxoffice.stress.gates.device;

import java.util.SplittableRandom;

/** What goes wrong between a device and the shop. One thread uses it. */
public interface Mishaps {
  /** Nothing goes wrong. */
  Mishaps NONE =
      new Mishaps() {
        @Override
        public boolean losesAnswer() {
          return false;
        }

        @Override
        public boolean repeats() {
          return false;
        }
      };

  /** Whether the answer to a batch is lost, so that the device sends the batch again. */
  boolean losesAnswer();

  /** Whether a batch arrives a second time after it was answered. */
  boolean repeats();

  /** Of a hundred batches, one loses its answer and two are repeated. */
  static Mishaps random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Mishaps() {
      @Override
      public boolean losesAnswer() {
        return random.nextInt(100) == 0;
      }

      @Override
      public boolean repeats() {
        return random.nextInt(50) == 0;
      }
    };
  }
}
