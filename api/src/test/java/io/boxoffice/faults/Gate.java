package io.boxoffice.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the messages of one replica on all its channels, and decides at which one a fault happens.
 * It causes at most one fault each time it is armed.
 */
final class Gate {
  private final Runnable crash;
  private final AtomicLong lastPassage = new AtomicLong(System.nanoTime());
  private final List<Passage> seen = new ArrayList<>();
  private Fault fault;
  private boolean counting;
  private Passage hit;

  /**
   * Creates a gate that lets everything pass.
   *
   * @param crash ends all connections of the replica
   */
  Gate(Runnable crash) {
    this.crash = crash;
  }

  /** What a proxy does with a message. */
  enum Action {
    PASS,
    CUT_BEFORE,
    CUT_AFTER,
    DELAY,
    DUPLICATE
  }

  /**
   * Counts messages from the next one.
   *
   * @param next null for no fault
   */
  synchronized void arm(Fault next) {
    seen.clear();
    hit = null;
    fault = next;
    counting = true;
  }

  /** Lets everything pass, and returns the messages that were counted. */
  synchronized List<Passage> disarm() {
    counting = false;
    fault = null;
    return List.copyOf(seen);
  }

  /** Returns the message at which the fault happened, or null. */
  synchronized Passage hit() {
    return hit;
  }

  /** Decides about the next message. */
  Action pass(Passage passage) {
    lastPassage.set(System.nanoTime());
    Fault now = count(passage);
    if (now == null) {
      return Action.PASS;
    }
    return switch (now.kind()) {
      case CUT_BEFORE -> Action.CUT_BEFORE;
      case CUT_AFTER -> Action.CUT_AFTER;
      case DELAY -> Action.DELAY;
      case DUPLICATE -> passage.canRepeat() ? Action.DUPLICATE : Action.PASS;
      case CRASH -> {
        crash.run();
        yield Action.CUT_BEFORE;
      }
    };
  }

  private synchronized Fault count(Passage passage) {
    if (!counting) {
      return null;
    }
    seen.add(passage);
    if (fault == null || seen.size() != fault.at()) {
      return null;
    }
    hit = passage;
    return fault;
  }

  /** Whether no message has passed for this long. */
  boolean isQuietFor(Duration length) {
    return System.nanoTime() - lastPassage.get() >= length.toNanos();
  }
}
