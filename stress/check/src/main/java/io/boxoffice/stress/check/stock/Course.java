package io.boxoffice.stress.check.stock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The begins and ends of changes and sights in the order of their times. */
final class Course {
  /** At the same time, begins come first: touching operations overlap, and no order is certain. */
  enum Kind {
    CHANGE_BEGINS,
    SIGHT_BEGINS,
    CHANGE_ENDS,
    SIGHT_ENDS
  }

  record Event(long time, Kind kind, int index) {}

  private Course() {}

  static List<Event> of(List<Change> changes, List<Sight> sights) {
    List<Event> events = new ArrayList<>(2 * (changes.size() + sights.size()));
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      events.add(new Event(change.from(), Kind.CHANGE_BEGINS, i));
      if (change.to() != Long.MAX_VALUE) {
        events.add(new Event(change.to(), Kind.CHANGE_ENDS, i));
      }
    }
    for (int i = 0; i < sights.size(); i++) {
      events.add(new Event(sights.get(i).from(), Kind.SIGHT_BEGINS, i));
      events.add(new Event(sights.get(i).to(), Kind.SIGHT_ENDS, i));
    }
    events.sort(Comparator.comparingLong(Event::time).thenComparing(Event::kind));
    return events;
  }
}
