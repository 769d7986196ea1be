package io.boxoffice.stress.check.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.check.history.Stock;
import io.boxoffice.stress.check.stock.Ordering.Answer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares the search with one that tries every order, and checks what it makes of small cases. */
class OrderingTest {
  private static final int HISTORIES = 20_000;

  private static Change taken(String operation, int tickets, long from, long to) {
    return new Change(operation, -tickets, from, to, false);
  }

  private static Sight left(String operation, long tickets, long from, long to) {
    return new Sight(operation, true, tickets, from, to);
  }

  private static StockHistory stock(long capacity, List<Change> changes, List<Sight> sights) {
    return new StockHistory(new Stock("s", capacity, null), changes, sights);
  }

  @Test
  void theSameAsEveryOrderOfSmallHistories() {
    Random random = new Random(1);
    Map<Answer, Integer> seen = new EnumMap<>(Answer.class);
    for (int i = 0; i < HISTORIES; i++) {
      List<Change> changes = new ArrayList<>();
      for (int rest = random.nextInt(7); rest > 0; ) {
        rest -= addSteps(changes, Math.min(rest, 1 + random.nextInt(4)), random);
      }
      List<Sight> sights = new ArrayList<>();
      for (int one = random.nextInt(5); one > 0; one--) {
        long from = random.nextInt(20);
        sights.add(
            new Sight(
                "s" + one,
                random.nextInt(4) > 0,
                random.nextInt(7),
                from,
                from + random.nextInt(12)));
      }
      Answer answer = Ordering.of(stock(6, changes, sights), Ordering.MANY_TRIES).answer();
      seen.merge(answer, 1, Integer::sum);
      assertThat(answer)
          .as("%s %s", changes, sights)
          .isEqualTo(EveryOrder.exists(6, changes, sights) ? Answer.POSSIBLE : Answer.IMPOSSIBLE);
    }
    assertThat(seen.get(Answer.POSSIBLE)).isGreaterThan(HISTORIES / 10);
    assertThat(seen.get(Answer.IMPOSSIBLE)).isGreaterThan(HISTORIES / 10);
  }

  /** Adds changes of a purchase: its tickets are taken and given back in turn. */
  private static int addSteps(List<Change> changes, int steps, Random random) {
    int tickets = (1 + random.nextInt(3)) * (random.nextInt(4) == 0 ? 1 : -1);
    for (int step = 0; step < steps; step++) {
      long from = random.nextInt(20);
      changes.add(
          new Change(
              "c" + changes.size(),
              step % 2 == 0 ? tickets : -tickets,
              from,
              random.nextInt(6) == 0 ? Long.MAX_VALUE : from + random.nextInt(12),
              step > 0));
    }
    return steps;
  }

  @Test
  void anAnswerThatIsOlderThanAnEarlierOneHasNoOrder() {
    // Each answer alone is possible: the purchase is not acknowledged before the second read ends.
    List<Change> changes = List.of(taken("buy", 1, 0, 100));
    List<Sight> sights = List.of(left("first", 9, 10, 20), left("second", 10, 30, 40));
    assertThat(Ordering.of(stock(10, changes, sights), Ordering.MANY_TRIES).answer())
        .isEqualTo(Answer.IMPOSSIBLE);
    assertThat(Bounds.of(stock(10, changes, sights), 9)).isEmpty();
  }

  @Test
  void onlyTheOperationsThatContradictAreNamed() {
    List<Change> changes = new ArrayList<>();
    List<Sight> sights = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      changes.add(taken("early" + i, 1, i * 10L, i * 10L + 5));
      sights.add(left("look" + i, 99 - i, i * 10L + 6, i * 10L + 8));
    }
    changes.add(taken("buy", 1, 1000, 1100));
    sights.add(left("first", 79, 1010, 1020));
    sights.add(left("second", 80, 1030, 1040));
    StockHistory history = stock(100, changes, sights);
    assertThat(Fewest.of(history)).hasSizeLessThanOrEqualTo(4).contains("first", "second");
  }
}
