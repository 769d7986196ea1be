package io.boxoffice.partners.analytics;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Remembers the newest ids in little memory: at least half of the window, and at most all of it. It
 * has two tables. When one is full, the older one is forgotten. An id needs 32 bytes.
 */
final class IdWindow {
  private final int most;
  private Table older;
  private Table newer;

  /**
   * Creates an empty window.
   *
   * @param size how many ids there are at most; 2 or more
   */
  IdWindow(int size) {
    this.most = size / 2;
    this.older = new Table(most);
    this.newer = new Table(most);
  }

  /** Adds an id, unless it is remembered; returns whether it is new. */
  boolean add(UUID id) {
    if (older.contains(id) || !newer.add(id)) {
      return false;
    }
    if (newer.size() == most) {
      older = newer;
      newer = new Table(most);
    }
    return true;
  }

  /** Returns all ids; adding them to an empty window in this order makes the same window. */
  List<UUID> ids() {
    List<UUID> ids = older.ids();
    ids.addAll(newer.ids());
    return ids;
  }

  /** A hash table with open addressing, at most half full. An id with two zero halves is a gap. */
  private static final class Table {
    private final long[] halves;
    private final int mask;
    private int size;
    private boolean hasZero;

    Table(int most) {
      int slots = Integer.highestOneBit(Math.max(most, 1)) * 4;
      this.halves = new long[2 * slots];
      this.mask = slots - 1;
    }

    int size() {
      return size;
    }

    boolean contains(UUID id) {
      return isZero(id) ? hasZero : !isFree(slotOf(id));
    }

    boolean add(UUID id) {
      if (contains(id)) {
        return false;
      }
      size++;
      if (isZero(id)) {
        hasZero = true;
      } else {
        int slot = slotOf(id);
        halves[2 * slot] = id.getMostSignificantBits();
        halves[2 * slot + 1] = id.getLeastSignificantBits();
      }
      return true;
    }

    List<UUID> ids() {
      List<UUID> ids = new ArrayList<>(size);
      for (int slot = 0; slot <= mask; slot++) {
        if (!isFree(slot)) {
          ids.add(new UUID(halves[2 * slot], halves[2 * slot + 1]));
        }
      }
      if (hasZero) {
        ids.add(new UUID(0, 0));
      }
      return ids;
    }

    /** Returns the slot of an id, or the free one where it belongs. */
    private int slotOf(UUID id) {
      long mixed = (id.getMostSignificantBits() ^ id.getLeastSignificantBits()) * MULTIPLIER;
      int slot = (int) (mixed >>> 32) & mask;
      while (!isFree(slot)
          && (halves[2 * slot] != id.getMostSignificantBits()
              || halves[2 * slot + 1] != id.getLeastSignificantBits())) {
        slot = (slot + 1) & mask;
      }
      return slot;
    }

    /** 2 to the power of 64, divided by the golden ratio: spreads ids that differ by little. */
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private boolean isFree(int slot) {
      return halves[2 * slot] == 0 && halves[2 * slot + 1] == 0;
    }

    private static boolean isZero(UUID id) {
      return id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() == 0;
    }
  }
}
