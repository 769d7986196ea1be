package io.boxoffice.stress.check.stock;

import io.boxoffice.stress.check.verdict.Contradiction;
import io.boxoffice.stress.check.verdict.Contradiction.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Compares each answer alone with the most and the fewest tickets that can have been left. This
 * finds most faults, and says them in few words, before {@link Ordering} compares all with all.
 */
final class Bounds {
  private final String stock;
  private final long capacity;
  private final List<Change> taken;
  private final List<Change> given;
  private final Sums takenByEnd;
  private final Sums takenByBegin;
  private final Sums givenByEnd;
  private final Sums givenByBegin;
  private final List<Contradiction> found = new ArrayList<>();

  private Bounds(StockHistory history) {
    this.stock = history.stock().id();
    this.capacity = history.stock().capacity();
    this.taken = history.changes().stream().filter(change -> change.tickets() < 0).toList();
    this.given = history.changes().stream().filter(change -> change.tickets() > 0).toList();
    this.takenByEnd = new Sums(taken, Change::to);
    this.takenByBegin = new Sums(taken, Change::from);
    this.givenByEnd = new Sums(given, Change::to);
    this.givenByBegin = new Sums(given, Change::from);
  }

  /**
   * Returns what contradicts itself.
   *
   * @param most how many contradictions are wanted
   */
  static List<Contradiction> of(StockHistory history, int most) {
    Bounds bounds = new Bounds(history);
    bounds.checkTaken();
    for (Sight sight : history.sights()) {
      if (bounds.found.size() >= most) {
        break;
      }
      bounds.check(sight);
    }
    return bounds.found;
  }

  private void checkTaken() {
    for (Change change : taken) {
      long time = change.to();
      if (time == Long.MAX_VALUE) {
        continue;
      }
      long back = givenByBegin.upTo(time);
      if (takenByEnd.upTo(time) - back > capacity) {
        found.add(
            new Contradiction(
                Promise.STOCK,
                "%s: more tickets are acknowledged at %d than the %d that exist and the %d that may be given back by then"
                    .formatted(stock, time, capacity, back),
                fewest(taken, one -> one.to() <= time, sum -> sum - back > capacity)));
        return;
      }
    }
  }

  private void check(Sight sight) {
    long most = capacity - takenByEnd.before(sight.from()) + givenByBegin.upTo(sight.to());
    long least = capacity - takenByBegin.upTo(sight.to()) + givenByEnd.before(sight.from());
    if (sight.exact() && sight.tickets() > most) {
      long back = givenByBegin.upTo(sight.to());
      add(
          sight,
          "%s: %s says that %d tickets are left, and at most %d can be: the others were acknowledged before"
              .formatted(stock, sight.operation(), sight.tickets(), most),
          fewest(
              taken,
              one -> one.to() < sight.from(),
              sum -> capacity + back - sum < sight.tickets()));
    } else if (sight.exact() ? sight.tickets() < least : least >= sight.tickets()) {
      long gone = takenByBegin.upTo(sight.to());
      add(
          sight,
          "%s: %s says that %s %d tickets are left, and at least %d must be: so few were bought until then"
              .formatted(
                  stock,
                  sight.operation(),
                  sight.exact() ? "only" : "fewer than",
                  sight.tickets(),
                  least),
          fewest(
              given,
              one -> one.to() < sight.from(),
              sum ->
                  sight.exact()
                      ? capacity - gone + sum > sight.tickets()
                      : capacity - gone + sum >= sight.tickets()));
    }
  }

  private void add(Sight sight, String sentence, List<String> others) {
    found.add(
        new Contradiction(
            Promise.ANSWERS,
            sentence,
            Stream.concat(Stream.of(sight.operation()), others.stream()).toList()));
  }

  /** Returns the fewest changes whose sum is enough: the largest ones. */
  private static List<String> fewest(
      List<Change> changes, Predicate<Change> which, LongPredicate enough) {
    List<String> chosen = new ArrayList<>();
    long sum = 0;
    List<Change> largestFirst =
        changes.stream()
            .filter(which)
            .sorted(Comparator.comparingInt((Change one) -> -Math.abs(one.tickets())))
            .toList();
    for (Change change : largestFirst) {
      if (enough.test(sum)) {
        break;
      }
      sum += Math.abs(change.tickets());
      chosen.add(change.operation());
    }
    return chosen;
  }
}
