package io.boxoffice.stress.check.stock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The begins and ends of changes and sights, and the middles of changes, in the order of their
 * times.
 */
final class Course {
  /** At the same time, begins come first: touching operations overlap, and no order is certain. */
  enum Kind {
    CHANGE_BEGINS,
    SIGHT_BEGINS,
    CHANGE_PROBABLE,
    CHANGE_ENDS,
    SIGHT_ENDS
  }

  record Event(long time, Kind kind, int index) {}

  private Course() {}

  /**
   * Returns them all.
   *
   * @param duration how long a change takes whose end is not known
   */
  static List<Event> of(Changes changes, Sights sights, long duration) {
    int count = changes.list().size();
    List<Event> events = new ArrayList<>(3 * count + 2 * sights.count());
    for (int i = 0; i < count; i++) {
      Change change = changes.get(i);
      events.add(new Event(change.from(), Kind.CHANGE_BEGINS, i));
      if (change.from() != Long.MIN_VALUE) {
        long time = change.to() == Long.MAX_VALUE ? duration : change.to() - change.from();
        events.add(new Event(change.from() + time / 2, Kind.CHANGE_PROBABLE, i));
      }
      if (change.to() != Long.MAX_VALUE) {
        events.add(new Event(change.to(), Kind.CHANGE_ENDS, i));
      }
    }
    for (int i = 0; i < sights.count(); i++) {
      events.add(new Event(sights.get(i).from(), Kind.SIGHT_BEGINS, i));
      events.add(new Event(sights.get(i).to(), Kind.SIGHT_ENDS, i));
    }
    int number = sights.count();
    for (int taken : sights.returns()) {
      long begin = changes.get(changes.after(taken)).from();
      events.add(new Event(begin, Kind.SIGHT_BEGINS, number++));
    }
    events.sort(Comparator.comparingLong(Event::time).thenComparing(Event::kind));
    return events;
  }
}
