package io.boxoffice.stress.check.stock;

import io.boxoffice.stress.check.stock.Course.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether the changes and sights of one stock can have happened one after the other, each
 * at a moment between its two times: linearizability (Herlihy and Wing, 1990), decided just in time
 * (Lowe, 2017): a change is done no earlier than something needs it.
 *
 * <p>It goes through the course and keeps the states that are possible. While it keeps few of them,
 * a state that is left proves that an order exists, and no state proves nothing: then it goes back
 * and keeps more.
 */
final class Ordering {
  /** What is known in the end. */
  enum Answer {
    POSSIBLE,
    IMPOSSIBLE,
    UNDECIDED
  }

  /**
   * The answer, and where no state was left.
   *
   * @param at the event after which nothing was possible; null if there is an order
   */
  record Outcome(Answer answer, Event at) {}

  /**
   * How much is tried.
   *
   * @param states how many are kept
   * @param alike how many changes of one number of tickets can be done early
   * @param combinations how many of them are tried for one sight
   * @param steps how much is tried to find these
   * @param ahead whether a sight is served before a change ends that is not needed for it
   */
  private record Effort(int states, int alike, int combinations, long steps, boolean ahead) {}

  private static final List<Effort> EFFORTS =
      List.of(
          new Effort(8, 64, 4, 500, false),
          new Effort(32, 64, 8, 2_000, true),
          new Effort(512, 128, 64, 20_000, true),
          new Effort(30_000, 1_000, 30_000, 200_000, true));

  /** After so many events, the place to go back to is remembered. */
  private static final int STEP = 512;

  /** A course that is not longer is decided with all effort from its begin. */
  private static final int SHORT = 2_000;

  /** Enough for a large history; some seconds. */
  static final long MANY_TRIES = 1_000_000;

  private final List<Change> changes;
  private final List<Sight> sights;
  private final List<Event> events;
  private final long capacity;
  private final long mostTries;

  /** How long a change takes that has an end: half of them take less. */
  private final long duration;

  private Set<State> states = new LinkedHashSet<>();
  private Pending pending;
  private Effort effort = EFFORTS.get(0);

  /** Whether a possible state may be missing. */
  private boolean incomplete;

  private long tries;

  private Ordering(long capacity, List<Change> changes, List<Sight> sights, long mostTries) {
    this.capacity = capacity;
    this.mostTries = mostTries;
    long[] durations =
        changes.stream()
            .filter(change -> change.to() != Long.MAX_VALUE)
            .mapToLong(change -> change.to() - change.from())
            .sorted()
            .toArray();
    this.duration = durations.length == 0 ? 0 : durations[durations.length / 2];
    this.changes = changes;
    this.sights = sights;
    this.events = Course.of(changes, sights);
    this.pending = new Pending(changes);
  }

  /**
   * Looks for an order.
   *
   * @param mostTries how many states it tries; after them the answer is UNDECIDED
   */
  static Outcome of(long capacity, List<Change> changes, List<Sight> sights, long mostTries) {
    return new Ordering(capacity, changes, sights, mostTries).decide();
  }

  /** A place to go back to. */
  private record Place(int event, Set<State> states, Pending pending, boolean incomplete) {}

  private Outcome decide() {
    Deque<Place> places = new ArrayDeque<>();
    states.add(new State(capacity, Early.NONE, Early.NONE));
    places.push(new Place(0, states, pending.copy(), false));
    int least = events.size() <= SHORT ? EFFORTS.size() - 1 : 0;
    int level = least;
    effort = EFFORTS.get(level);
    int back = 1;
    int failedAt = -1;
    int i = 0;
    while (i < events.size()) {
      if (i % STEP == 0 && i > places.peek().event()) {
        places.push(new Place(i, states, pending.copy(), incomplete));
      }
      if (i > failedAt && level > least && i % STEP == 0) {
        level = least;
        back = 1;
        effort = EFFORTS.get(level);
      }
      go(events.get(i));
      if (!states.isEmpty()) {
        i++;
        continue;
      }
      if (!incomplete) {
        return new Outcome(Answer.IMPOSSIBLE, events.get(i));
      }
      boolean again = i <= failedAt;
      failedAt = Math.max(failedAt, i);
      if (tries > mostTries || (again && level == EFFORTS.size() - 1 && places.size() == 1)) {
        return new Outcome(Answer.UNDECIDED, events.get(i));
      }
      if (level < EFFORTS.size() - 1) {
        level++;
      } else {
        back *= 2;
      }
      effort = EFFORTS.get(level);
      for (int gone = 1; gone < back && places.size() > 1; gone++) {
        places.pop();
      }
      Place place = places.peek();
      i = place.event();
      states = place.states();
      pending = place.pending().copy();
      incomplete = place.incomplete();
    }
    return new Outcome(Answer.POSSIBLE, null);
  }

  private void go(Event event) {
    int index = event.index();
    switch (event.kind()) {
      case CHANGE_BEGINS -> pending.begin(index);
      case SIGHT_BEGINS -> replace(state -> List.of(open(state, index)));
      case CHANGE_ENDS -> {
        replace(state -> end(state, index));
        pending.end(index);
      }
      case SIGHT_ENDS -> replace(state -> seen(state, index));
    }
  }

  private interface Step {
    Collection<State> after(State state);
  }

  private void replace(Step step) {
    Set<State> after = new LinkedHashSet<>();
    for (State state : states) {
      after.addAll(step.after(state));
    }
    tries += states.size() - 1;
    if (after.size() > effort.states()) {
      incomplete = true;
      List<State> kept = new ArrayList<>(after);
      kept.sort(Comparator.comparingInt(state -> state.early().size() + state.open().size()));
      after = new LinkedHashSet<>(kept.subList(0, effort.states()));
    }
    states = after;
  }

  private State open(State state, int sight) {
    return sights.get(sight).holds(state.available())
        ? state
        : new State(state.available(), state.early(), state.open().with(sight));
  }

  /** Removes the sights that hold now. */
  private State settle(State state) {
    Early open = state.open();
    for (int sight : state.open().indexes()) {
      if (sights.get(sight).holds(state.available())) {
        open = open.without(sight);
      }
    }
    return open.size() == state.open().size()
        ? state
        : new State(state.available(), state.early(), open);
  }

  private Collection<State> end(State state, int index) {
    Change change = changes.get(index);
    List<State> after = new ArrayList<>();
    boolean legal = state.early().contains(index) || state.available() + change.tickets() >= 0;
    Collection<State> before = List.of(state);
    if (!legal || (effort.ahead() && state.open().size() > 0)) {
      before = ahead(state, -change.tickets());
    } else if (state.open().size() > 0) {
      incomplete = true;
    }
    for (State one : before) {
      if (one.early().contains(index)) {
        after.add(one.afterEnd(index));
      } else if (one.available() + change.tickets() >= 0) {
        after.add(settle(one.afterChange(index, change)).afterEnd(index));
      }
    }
    return after;
  }

  private Collection<State> seen(State state, int sight) {
    if (!state.open().contains(sight)) {
      return List.of(state);
    }
    return ahead(state, 0).stream().filter(one -> !one.open().contains(sight)).toList();
  }

  /**
   * Does changes early, until a sight that is open holds, and then perhaps another one.
   *
   * @param enough also a state with so many tickets is of use, if the given one has fewer
   * @return the given state, and those that are of use
   */
  private Collection<State> ahead(State state, long enough) {
    Set<State> found = new LinkedHashSet<>();
    Deque<State> next = new ArrayDeque<>();
    found.add(state);
    next.add(state);
    while (!next.isEmpty()) {
      State from = next.remove();
      if (from.available() < enough) {
        reach(from, enough - from.available(), Long.MAX_VALUE, found, next);
      }
      for (int open : from.open().indexes()) {
        Sight sight = sights.get(open);
        long away = sight.tickets() - from.available();
        reach(
            from,
            sight.exact() ? away : -Long.MAX_VALUE,
            sight.exact() ? away : away - 1,
            found,
            next);
      }
    }
    return found;
  }

  /** Adds the states in which the tickets of early changes have a sum in the given range. */
  private void reach(State from, long least, long most, Set<State> found, Deque<State> next) {
    if (found.size() >= effort.states()) {
      incomplete = true;
      return;
    }
    Combinations.Found combinations =
        Combinations.of(
            pending.left(from.early(), effort.alike()),
            changes,
            duration,
            Math.max(least, -from.available()),
            most,
            effort.combinations(),
            effort.steps());
    incomplete |= !combinations.complete();
    tries += combinations.steps();
    for (List<Integer> set : combinations.sets()) {
      State to = from;
      for (Integer change : set) {
        to = to.afterChange(change, changes.get(change));
      }
      to = settle(to);
      if (found.add(to)) {
        next.add(to);
      }
    }
  }
}
