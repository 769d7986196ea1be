package io.boxoffice.partners.journal;

import io.boxoffice.platform.http.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Holds the things of a ledger in the order of their creation, finds them by id, and cuts pages. It
 * is not thread-safe: its owner guards it.
 */
public final class Timeline<T> {
  private final Function<T, UUID> id;
  private final Function<T, Instant> createdAt;
  private final List<T> things = new ArrayList<>();

  /** The position of each thing, counted from the first that there ever was. */
  private final Map<UUID, Long> positions = new HashMap<>();

  /** How many things were removed at the beginning. */
  private long removed;

  /**
   * Creates an empty timeline.
   *
   * @param id finds the id of a thing, which never changes
   * @param createdAt finds the time of its creation, which never changes
   */
  public Timeline(Function<T, UUID> id, Function<T, Instant> createdAt) {
    this.id = id;
    this.createdAt = createdAt;
  }

  /** Adds a thing whose time is not before the time of the last one. */
  public void add(T thing) {
    positions.put(id.apply(thing), removed + things.size());
    things.add(thing);
  }

  /** Replaces the thing with the same id, if it is still there. */
  public void replace(T thing) {
    Long position = positions.get(id.apply(thing));
    if (position != null) {
      things.set(index(position), thing);
    }
  }

  /** Finds a thing. */
  public Optional<T> get(UUID thingId) {
    return Optional.ofNullable(positions.get(thingId)).map(position -> things.get(index(position)));
  }

  /** Returns how many things there are. */
  public int size() {
    return things.size();
  }

  /** Returns a copy of all things, the oldest first. */
  public List<T> all() {
    return List.copyOf(things);
  }

  /** Returns when the last thing was created; {@link Instant#MIN} if there is none. */
  public Instant latest() {
    return things.isEmpty() ? Instant.MIN : createdAt.apply(things.get(things.size() - 1));
  }

  /** Removes the things that were created before a time, and returns them. */
  public List<T> removeBefore(Instant time) {
    List<T> old = things.subList(0, firstSince(time));
    List<T> result = List.copyOf(old);
    old.clear();
    removed += result.size();
    result.forEach(thing -> positions.remove(id.apply(thing)));
    return result;
  }

  /**
   * Returns a page, the oldest thing first.
   *
   * @param since only things that were created at this time or later; null for all
   * @param after only things behind this one; null for all
   * @param limit the most things of the page
   * @return empty when there is no thing {@code after}
   */
  public Optional<Page<T>> page(Instant since, UUID after, int limit) {
    if (after != null && !positions.containsKey(after)) {
      return Optional.empty();
    }
    int first = first(since, after);
    return Optional.of(
        Page.cut(
            List.copyOf(things.subList(first, Math.min(things.size(), first + limit + 1))),
            limit,
            id));
  }

  /**
   * Returns a page of some things, which are given in the order of their creation.
   *
   * @return empty when there is no thing {@code after}
   */
  public Optional<Page<T>> page(List<UUID> some, Instant since, UUID after, int limit) {
    if (after != null && !positions.containsKey(after)) {
      return Optional.empty();
    }
    int first = first(since, after);
    List<T> rows = new ArrayList<>();
    for (UUID next : some) {
      int index = index(positions.get(next));
      if (index >= first && rows.size() <= limit) {
        rows.add(things.get(index));
      }
    }
    return Optional.of(Page.cut(rows, limit, id));
  }

  private int first(Instant since, UUID after) {
    int first = since == null ? 0 : firstSince(since);
    return after == null ? first : Math.max(first, index(positions.get(after)) + 1);
  }

  private int index(long position) {
    return (int) (position - removed);
  }

  private int firstSince(Instant since) {
    int low = 0;
    int high = things.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (createdAt.apply(things.get(middle)).isBefore(since)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
