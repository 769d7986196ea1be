package io.boxoffice.stress.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.check.verdict.Verdict;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks that no correct shop is accused, and that every bug is found. */
class CheckerTest {
  private static final int CLEAN_RUNS = 1_000;

  /** Some of the runs with orders that are paid late are too costly to decide. */
  private static final int MOST_UNDECIDED = 5;

  private static final int TRIES = 40;
  private static final int LONG = 50_000;

  private static Run run(long seed, Bug bug) {
    int clients = 1 + (int) (seed % 8);
    boolean orders = seed % 3 > 0;
    return new Run(seed, bug, clients, orders ? 20 : 30, 1 + (int) (seed % 2), 30, 4, 8, orders);
  }

  @Test
  void aThousandCorrectRunsHaveNoContradiction() {
    int undecided = 0;
    for (long seed = 0; seed < CLEAN_RUNS; seed++) {
      Verdict verdict = Checker.check(TestShop.history(run(seed, Bug.NONE)));
      assertThat(verdict.contradictions()).as("seed %d", seed).isEmpty();
      undecided += verdict.undecided().isEmpty() ? 0 : 1;
    }
    assertThat(undecided).isLessThanOrEqualTo(MOST_UNDECIDED);
  }

  @Test
  void aLongHistoryIsDecided() {
    Verdict verdict = Checker.check(Histories.large(LONG));
    assertThat(verdict.isClean()).isTrue();
    assertThat(verdict.undecided()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void everyBugIsFound(Bug bug) {
    assertThat(
            LongStream.range(0, TRIES)
                .anyMatch(seed -> !Checker.check(TestShop.history(run(seed, bug))).isClean()))
        .isTrue();
  }
}
