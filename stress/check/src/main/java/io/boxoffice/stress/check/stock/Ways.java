package io.boxoffice.stress.check.stock;

import io.boxoffice.stress.check.stock.Course.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The ways in which an order can have gone so far, and how an event continues each of them. A way
 * that is left proves that an order exists. That none is left proves nothing if some were not
 * tried.
 */
final class Ways {
  /**
   * Of so many ways, it is not worth the time to look for those that another one makes needless.
   */
  private static final int FEW = 64;

  private final StockHistory history;
  private final long duration;
  private Set<State> states;
  private final Pending pending;

  private final Middles middles;
  private boolean complete;
  private long tries;

  private Ways(
      StockHistory history,
      long duration,
      Set<State> states,
      Pending pending,
      Middles middles,
      boolean complete) {
    this.history = history;
    this.duration = duration;
    this.states = states;
    this.pending = pending;
    this.middles = middles;
    this.complete = complete;
  }

  /**
   * Returns the only way before the first event.
   *
   * @param duration how long a change takes whose end is not known, in microseconds
   */
  static Ways begin(StockHistory history, long duration) {
    return new Ways(
        history,
        duration,
        Set.of(new State(history.stock().capacity(), Early.NONE, Early.NONE)),
        new Pending(history.changes()),
        new Middles(history.changes()),
        true);
  }

  Ways copy() {
    return new Ways(history, duration, states, pending.copy(), middles.copy(), complete);
  }

  boolean isEmpty() {
    return states.isEmpty();
  }

  /** Returns whether no other way was possible. */
  boolean isComplete() {
    return complete;
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
      case SIGHT_BEGINS -> replace(effort, state -> List.of(open(state, index)));
      case CHANGE_PROBABLE -> {
        middles.pass(change(index));
        if (effort.guess()) {
          replace(effort, state -> guess(state, change(index), effort));
        }
      }
      case CHANGE_ENDS -> {
        replace(effort, state -> end(state, index, effort));
        pending.end(index);
        middles.end(change(index));
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
        middles.end(change);
      }
    }
  }

  private Change change(int index) {
    return history.changes().get(index);
  }

  private Sight sight(int index) {
    return history.sights().get(index);
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
      after = Best.of(after, history.changes());
    }
    if (after.size() > effort.states()) {
      complete = false;
      after = middles.mostProbable(after, effort.states());
    }
    states = after;
  }

  private State open(State state, int sight) {
    return sight(sight).holds(state.available())
        ? state
        : new State(state.available(), state.early(), state.open().with(sight));
  }

  /** Removes the sights that hold now. */
  private State settle(State state) {
    Early open = state.open();
    for (int sight : state.open().indexes()) {
      if (sight(sight).holds(state.available())) {
        open = open.without(sight);
      }
    }
    return open.size() == state.open().size()
        ? state
        : new State(state.available(), state.early(), open);
  }

  /** Does a change that is as good as the given one, if too few of these are done. */
  private Collection<State> guess(State state, Change like, Effort effort) {
    complete = false;
    if (!middles.isBehind(state, like.tickets())) {
      return List.of(state);
    }
    List<State> after = new ArrayList<>();
    for (State one : before(state, like, effort)) {
      int first = pending.first(like.tickets(), one.early());
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
      Sight sight = sight(open);
      if (sight.exact()
          && Math.min(state.available(), after) < sight.tickets()
          && sight.tickets() < Math.max(state.available(), after)) {
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
      } else if (one.available() + change.tickets() >= 0) {
        after.add(settle(one.afterChange(index, change)).afterEnd(index));
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
        Sight sight = sight(open);
        long away = sight.tickets() - from.available();
        if (sight.exact()) {
          reach(from, away, away, effort, found, next);
        } else {
          reach(from, -Long.MAX_VALUE, away - 1, effort, found, next);
        }
      }
    }
    return found;
  }

  /** Adds the states in which the tickets of early changes have a sum in the given range. */
  private void reach(
      State from, long least, long most, Effort effort, Set<State> found, Deque<State> next) {
    if (found.size() >= effort.states()) {
      complete = false;
      return;
    }
    Combinations.Found combinations =
        Combinations.of(
            pending.left(from.early(), effort.alike()),
            history.changes(),
            duration,
            Math.max(least, -from.available()),
            most,
            effort.combinations(),
            effort.steps());
    complete &= combinations.complete();
    tries += combinations.steps();
    for (List<Integer> set : combinations.sets()) {
      State to = from;
      for (Integer change : set) {
        to = to.afterChange(change, change(change));
      }
      to = settle(to);
      if (found.add(to)) {
        next.add(to);
      }
    }
  }
}
