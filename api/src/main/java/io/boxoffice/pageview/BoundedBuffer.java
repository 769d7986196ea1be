package io.boxoffice.pageview;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Collects what many threads offer for one thread that takes it in batches. That thread wakes up
 * for a batch and not for each item, which costs a busy service a part of its rate.
 */
final class BoundedBuffer<T> {
  private final int capacity;
  private final int batch;
  private final Lock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final Condition batchIsFull = lock.newCondition();
  private final Queue<T> items = new ArrayDeque<>();
  private boolean closed;

  /**
   * Creates an empty buffer.
   *
   * @param capacity the most items; at least a batch
   * @param batch the most items that are taken together
   */
  BoundedBuffer(int capacity, int batch) {
    this.capacity = capacity;
    this.batch = batch;
  }

  /** Adds an item, and returns false when the buffer is full or closed. */
  boolean offer(T item) {
    lock.lock();
    try {
      if (closed || items.size() >= capacity) {
        return false;
      }
      items.add(item);
      if (items.size() == 1) {
        notEmpty.signal();
      }
      if (items.size() == batch) {
        batchIsFull.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the first item, and then for a full batch for the given time at most.
   *
   * @return the oldest items; none when the buffer is closed and empty
   */
  List<T> take(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (items.isEmpty() && !closed) {
        notEmpty.await();
      }
      long left = nanos;
      while (items.size() < batch && !closed && left > 0) {
        left = batchIsFull.awaitNanos(left);
      }
      List<T> taken = new ArrayList<>(Math.min(batch, items.size()));
      while (taken.size() < batch && !items.isEmpty()) {
        taken.add(items.remove());
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Refuses further items. Those that are here can still be taken, without a wait. */
  void close() {
    lock.lock();
    try {
      closed = true;
      notEmpty.signalAll();
      batchIsFull.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many items are here. */
  int size() {
    lock.lock();
    try {
      return items.size();
    } finally {
      lock.unlock();
    }
  }
}
