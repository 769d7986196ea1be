package io.boxoffice.stress.check.stock;

import io.boxoffice.stress.check.stock.Course.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Decides whether the changes and sights of one stock can have happened one after the other, each
 * at a moment between its two times: linearizability (Herlihy and Wing, 1990), decided just in time
 * (Lowe, 2017): a change is done no earlier than something needs it.
 *
 * <p>It goes through the course and keeps the ways that are possible. While it keeps few of them, a
 * way that is left proves that an order exists, and none proves nothing: then it goes back and
 * tries more.
 */
final class Ordering {
  /** What is known in the end. */
  enum Answer {
    POSSIBLE,
    IMPOSSIBLE,
    UNDECIDED
  }

  /**
   * The answer, and where no way was left.
   *
   * @param at the event after which nothing was possible; null if there is an order
   */
  record Outcome(Answer answer, Event at) {}

  /** A place to go back to. */
  private record Place(int event, Ways ways) {}

  /** After so many events, the place to go back to is remembered. */
  private static final int STEP = 256;

  /** A course that is not longer is decided with all effort from its begin. */
  private static final int SHORT = 2_000;

  /** Enough for a large history; some seconds. */
  static final long MANY_TRIES = 50_000_000;

  /** The longer a history, the more one try costs. */
  private static final double TRIES_BY_LENGTH = 1e11;

  private final List<Event> events;
  private final boolean possible;
  private final long mostTries;
  private final Deque<Place> places = new ArrayDeque<>();

  private Ordering(StockHistory history, long mostTries) {
    Changes changes = new Changes(history.changes());
    Sights sights = new Sights(history.sights(), changes);
    this.possible = changes.arePossible();
    long duration = changes.duration();
    this.events = Course.of(changes, sights, duration);
    this.mostTries = mostTries;
    Ways begin = Ways.begin(history.stock().capacity(), changes, sights, duration, mostTries);
    this.places.push(new Place(0, begin));
  }

  /** What is enough for most histories with old answers; some seconds. */
  static long tries(StockHistory history) {
    long length = (long) history.changes().size() + history.sights().size();
    return 50 * length + (long) (TRIES_BY_LENGTH / length / length);
  }

  /**
   * Looks for an order.
   *
   * @param mostTries how many ways it tries; after them the answer is UNDECIDED
   */
  static Outcome of(StockHistory history, long mostTries) {
    return new Ordering(history, mostTries).decide();
  }

  private Outcome decide() {
    if (!possible) {
      return new Outcome(Answer.IMPOSSIBLE, events.get(events.size() - 1));
    }
    int least = events.size() <= SHORT ? Effort.MOST : 0;
    int level = least;
    int back = 1;
    int failedAt = -1;
    long tries = 0;
    int i = 0;
    Ways ways = places.peek().ways().copy();
    while (i < events.size()) {
      if (i % STEP == 0 && i > places.peek().event()) {
        ways.forget();
        places.push(new Place(i, ways.copy()));
        if (i > failedAt) {
          level = least;
          back = 1;
        }
      }
      ways.go(events.get(i), Effort.LEVELS.get(level));
      Event at = events.get(i);
      if (ways.isExhausted()) {
        return new Outcome(Answer.UNDECIDED, at);
      }
      if (!ways.isEmpty()) {
        i++;
        continue;
      }
      if (ways.isComplete()) {
        return new Outcome(Answer.IMPOSSIBLE, at);
      }
      tries += ways.takeTries();
      boolean all = level == Effort.MOST && places.size() == 1;
      if (tries > mostTries || (all && i <= failedAt)) {
        return new Outcome(Answer.UNDECIDED, at);
      }
      failedAt = Math.max(failedAt, i);
      level = Math.min(level + 1, Effort.MOST);
      back *= 2;
      while (places.size() > 1 && places.peek().event() > failedAt - back * STEP / 2) {
        places.pop();
      }
      i = places.peek().event();
      ways = places.peek().ways().copy();
    }
    return new Outcome(Answer.POSSIBLE, null);
  }
}
