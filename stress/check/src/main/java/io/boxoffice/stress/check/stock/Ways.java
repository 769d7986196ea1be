package io.boxoffice.stress.check.stock;

import io.boxoffice.stress.check.stock.Course.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The ways in which an order can have gone so far, and how an event continues each of them. A way
 * that is left proves that an order exists. That none is left proves nothing if some were not
 * tried.
 */
final class Ways {
  /** Of so many ways, none is looked for that another one makes needless. */
  private static final int FEW = 64;

  private final Changes changes;
  private final Sights sights;
  private final long duration;
  private final long mostTries;
  private Set<State> states;
  private final Pending pending;

  private final Middles middles;
  private boolean complete;
  private long tries;

  private Ways(
      Changes changes,
      Sights sights,
      long duration,
      long mostTries,
      Set<State> states,
      Pending pending,
      Middles middles,
      boolean complete) {
    this.changes = changes;
    this.sights = sights;
    this.duration = duration;
    this.mostTries = mostTries;
    this.states = states;
    this.pending = pending;
    this.middles = middles;
    this.complete = complete;
  }

  /**
   * Returns the only way before the first event.
   *
   * @param duration how long a change takes whose end is not known, in microseconds
   * @param mostTries after so many tries, nothing more is tried
   */
  static Ways begin(long capacity, Changes changes, Sights sights, long duration, long mostTries) {
    return new Ways(
        changes,
        sights,
        duration,
        mostTries,
        Set.of(new State(capacity, Early.NONE, Early.NONE)),
        new Pending(changes),
        new Middles(changes),
        true);
  }

  Ways copy() {
    return new Ways(
        changes, sights, duration, mostTries, states, pending.copy(), middles.copy(), complete);
  }

  boolean isEmpty() {
    return states.isEmpty();
  }

  /** Returns whether no other way was possible. */
  boolean isComplete() {
    return complete;
  }

  /** Returns whether the search is too costly. */
  boolean isExhausted() {
    return tries > mostTries;
  }

  /** Returns how much was tried since the last call. */
  long takeTries() {
    long taken = tries;
    tries = 0;
    return taken;
  }

  void go(Event event, Effort effort) {
    int index = event.index();
    switch (event.kind()) {
      case CHANGE_BEGINS -> pending.begin(index);
      case SIGHT_BEGINS -> replace(effort, state -> List.of(sights.open(state, index, pending)));
      case CHANGE_PROBABLE -> {
        middles.pass(index);
        if (effort.guess()) {
          replace(effort, state -> guess(state, index, effort));
        }
      }
      case CHANGE_ENDS -> {
        replace(effort, state -> end(state, index, effort));
        pending.end(index);
        middles.end(index);
      }
      case SIGHT_ENDS -> replace(effort, state -> seen(state, index, effort));
    }
  }

  /** Forgets the changes without an end that are done in every way. */
  void forget() {
    if (states.isEmpty()) {
      return;
    }
    for (int index : states.iterator().next().early().indexes()) {
      Change change = change(index);
      if (change.to() == Long.MAX_VALUE
          && states.stream().allMatch(state -> state.early().contains(index))) {
        Set<State> after = new LinkedHashSet<>();
        states.forEach(state -> after.add(state.afterEnd(index)));
        states = after;
        pending.end(index);
        middles.end(index);
      }
    }
  }

  private Change change(int index) {
    return changes.get(index);
  }

  private interface Step {
    Collection<State> after(State state);
  }

  private void replace(Effort effort, Step step) {
    Set<State> after = new LinkedHashSet<>();
    for (State state : states) {
      after.addAll(step.after(state));
    }
    tries += states.size() - 1;
    if (after.size() > FEW) {
      after = Best.of(after, changes);
    }
    if (after.size() > effort.states()) {
      complete = false;
      after = middles.mostProbable(after, effort.states());
    }
    states = after;
  }

  private State settle(State state) {
    return sights.settle(state, pending);
  }

  /** Does a change that is as good as the given one, if too few of these are done. */
  private Collection<State> guess(State state, int index, Effort effort) {
    complete = false;
    Change like = change(index);
    int kind = changes.kind(index);
    if (!middles.isBehind(state, kind)) {
      return List.of(state);
    }
    List<State> after = new ArrayList<>();
    for (State one : before(state, like, effort)) {
      int first = pending.first(kind, one.early());
      if (first >= 0 && one.available() + like.tickets() >= 0) {
        after.add(settle(one.afterChange(first, like)));
      }
    }
    if (effort.delay() || after.isEmpty()) {
      after.add(state);
    }
    return after;
  }

  /** Returns the states from which to do a change: also those that see what it would pass over. */
  private Collection<State> before(State state, Change change, Effort effort) {
    long after = state.available() + change.tickets();
    for (int open : state.open().indexes()) {
      if (sights.isBetween(open, state.available(), after)) {
        return ahead(state, 0, effort);
      }
    }
    return List.of(state);
  }

  private Collection<State> end(State state, int index, Effort effort) {
    Change change = change(index);
    boolean early = state.early().contains(index);
    Collection<State> before;
    if ((effort.ahead() && state.open().size() > 0)
        || (!early && state.available() + change.tickets() < 0)) {
      before = ahead(state, -change.tickets(), effort);
    } else {
      before = early ? List.of(state) : before(state, change, effort);
      complete &= state.open().size() == 0;
    }
    List<State> after = new ArrayList<>();
    for (State one : before) {
      if (one.early().contains(index)) {
        after.add(one.afterEnd(index));
        continue;
      }
      if (one.available() + change.tickets() >= 0) {
        after.add(settle(one.afterChange(index, change)).afterEnd(index));
      }
      if (sights.hasReturned(index, one, pending)) {
        // It was taken and given back at once, when enough tickets were left.
        Early both = one.early().with(changes.after(index));
        after.add(new State(one.available(), both, one.open()));
      }
    }
    return after;
  }

  private Collection<State> seen(State state, int sight, Effort effort) {
    if (!state.open().contains(sight)) {
      return List.of(state);
    }
    return ahead(state, 0, effort).stream().filter(one -> !one.open().contains(sight)).toList();
  }

  /**
   * Does changes early, until a sight that is open holds, and then perhaps another one.
   *
   * @param enough also a state with so many tickets is of use, if the given one has fewer
   * @return the given state, and those that are of use
   */
  private Collection<State> ahead(State state, long enough, Effort effort) {
    Set<State> found = new LinkedHashSet<>();
    Deque<State> next = new ArrayDeque<>();
    found.add(state);
    next.add(state);
    while (!next.isEmpty()) {
      State from = next.remove();
      if (from.available() < enough) {
        reach(from, enough - from.available(), Long.MAX_VALUE, effort, found, next);
      }
      for (int open : from.open().indexes()) {
        Sights.Range wanted = sights.wanted(open, from, pending);
        if (wanted != null) {
          reach(from, wanted.least(), wanted.most(), effort, found, next);
        }
      }
    }
    return found;
  }

  /** Adds the states in which the tickets of early changes have a sum in the given range. */
  private void reach(
      State from, long least, long most, Effort effort, Set<State> found, Deque<State> next) {
    if (found.size() >= effort.states() || isExhausted()) {
      complete = false;
      return;
    }
    Combinations.Found combinations =
        Combinations.of(
            pending.left(from.early(), effort.alike()),
            changes.list(),
            duration,
            Math.max(least, -from.available()),
            most,
            effort.combinations(),
            effort.steps());
    complete &= combinations.complete();
    tries += combinations.steps();
    for (List<Integer> set : combinations.sets()) {
      State to = from;
      if (!sights.returns().isEmpty()) {
        // What is given back comes first, so that most is seen for a return.
        to = settle(after(to, set, change -> change.tickets() > 0));
        to = after(to, set, change -> change.tickets() < 0);
      } else {
        to = after(to, set, change -> true);
      }
      to = settle(to);
      if (found.add(to)) {
        next.add(to);
      }
    }
  }

  private State after(State from, List<Integer> set, Predicate<Change> which) {
    State to = from;
    for (Integer index : set) {
      if (which.test(change(index))) {
        to = to.afterChange(index, change(index));
      }
    }
    return to;
  }
}
