package io.boxoffice.platform.redis;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides whether requests use Redis. It opens after a few failures in a row, and then no request
 * waits for Redis. Only an answer to a probe in the background closes it, so no request pays for
 * finding out. It begins open, until the first probe.
 */
class Breaker {
  static final int MOST_FAILURES = 3;

  private final AtomicInteger failures = new AtomicInteger();
  private volatile boolean open = true;

  /** Whether requests go on without Redis. */
  boolean isOpen() {
    return open;
  }

  /** Ends a row of failures. */
  void succeeded() {
    if (failures.get() != 0) {
      failures.set(0);
    }
  }

  /** Counts a failure, and opens when it is one too many. */
  void failed() {
    if (failures.incrementAndGet() >= MOST_FAILURES) {
      open = true;
    }
  }

  /** Sends requests past Redis at once. */
  void open() {
    open = true;
  }

  /** Lets requests use Redis again. A row of failures goes on if they did already. */
  void close() {
    if (open) {
      failures.set(0);
      open = false;
    }
  }
}
