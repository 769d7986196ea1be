package io.boxoffice.stress.check.stock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What must be seen of a stock, by number: first the sights of the history, then the returns. A
 * return is a purchase whose tickets can have been given back right after they were taken. Then
 * nothing remains of it but that once enough tickets for it were left, so this need not be tried
 * but only be seen.
 */
final class Sights {
  /** A range of tickets to be added. */
  record Range(long least, long most) {}

  private final List<Sight> sights;
  private final Changes changes;
  private final List<Integer> returns = new ArrayList<>();
  private final Map<Integer, Integer> numbers = new HashMap<>();

  Sights(List<Sight> sights, Changes changes) {
    this.sights = sights;
    this.changes = changes;
    for (int index = 0; index < changes.list().size(); index++) {
      Change change = changes.get(index);
      // Without an end, it need not be done at all.
      if (change.tickets() < 0 && changes.after(index) >= 0 && change.to() != Long.MAX_VALUE) {
        numbers.put(index, sights.size() + returns.size());
        returns.add(index);
      }
    }
  }

  /** How many sights the history has. */
  int count() {
    return sights.size();
  }

  Sight get(int number) {
    return sights.get(number);
  }

  /** The returns: the index of what was taken, by number from {@link #count} on. */
  List<Integer> returns() {
    return returns;
  }

  /** Returns the state after the begin of a sight, which holds at once or is open. */
  State open(State state, int number, Pending pending) {
    return holds(number, state, pending)
        ? state
        : new State(state.available(), state.early(), state.open().with(number));
  }

  /** Returns the state without the sights that hold now. */
  State settle(State state, Pending pending) {
    State settled = state;
    // A return can make the next one of the same purchase possible, whose number is higher.
    for (int number : state.open().indexes()) {
      if (holds(number, settled, pending)) {
        settled = new State(state.available(), state.early(), settled.open().without(number));
      }
    }
    return settled;
  }

  /** Whether a sight holds in a state, or a return is not needed any more. */
  private boolean holds(int number, State state, Pending pending) {
    if (number < sights.size()) {
      return sights.get(number).holds(state.available());
    }
    int taken = taken(number);
    return state.early().contains(taken)
        || !pending.contains(taken)
        || (isPossible(taken, state, pending)
            && state.available() >= -changes.get(taken).tickets());
  }

  /** Whether the changes of a purchase before are done, or can have been done at once. */
  private boolean isPossible(int taken, State state, Pending pending) {
    if (pending.isReady(taken, state.early())) {
      return true;
    }
    int takenBefore = changes.before(changes.before(taken));
    return takenBefore >= 0 && hasReturned(takenBefore, state, pending);
  }

  /** Returns whether tickets can have been taken and given back at once, in this way. */
  boolean hasReturned(int taken, State state, Pending pending) {
    int number = returns.isEmpty() ? -1 : numbers.getOrDefault(taken, -1);
    return number >= 0 && pending.contains(changes.after(taken)) && !state.open().contains(number);
  }

  /** Returns how many tickets more make a sight hold; null if nothing does now. */
  Range wanted(int number, State state, Pending pending) {
    if (number < sights.size()) {
      Sight sight = sights.get(number);
      long away = sight.tickets() - state.available();
      return sight.exact() ? new Range(away, away) : new Range(-Long.MAX_VALUE, away - 1);
    }
    int taken = taken(number);
    return isPossible(taken, state, pending)
        ? new Range(-changes.get(taken).tickets() - state.available(), Long.MAX_VALUE)
        : null;
  }

  /** Returns whether a change between two numbers of tickets would pass over what a sight saw. */
  boolean isBetween(int number, long one, long other) {
    if (number >= sights.size()) {
      return false;
    }
    Sight sight = sights.get(number);
    return sight.exact()
        && Math.min(one, other) < sight.tickets()
        && sight.tickets() < Math.max(one, other);
  }

  private int taken(int number) {
    return returns.get(number - sights.size());
  }
}
