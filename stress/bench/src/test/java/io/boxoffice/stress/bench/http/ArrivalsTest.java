package io.boxoffice.stress.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

  @Test
  void comeAtTheirRateWhateverTheGeneratorDoes() {
    List<Long> times = first(100_000, new Arrivals(5_000, 1));
    assertThat(times).isSorted();
    assertThat(times.get(times.size() - 1))
        .isCloseTo(20_000_000_000L, Percentage.withPercentage(2));
  }

  @Test
  void comeAtRandomSoThatTheyBunch() {
    List<Long> times = first(100_000, new Arrivals(1_000, 2));
    long underATenthOfTheMeanGap = 0;
    for (int index = 1; index < times.size(); index++) {
      if (times.get(index) - times.get(index - 1) < 100_000) {
        underATenthOfTheMeanGap++;
      }
    }
    // 1 - exp(-0.1) of the gaps of a Poisson process.
    assertThat(underATenthOfTheMeanGap).isBetween(9_200L, 9_850L);
  }

  @Test
  void areTheSameForTheSameSeed() {
    assertThat(first(100, new Arrivals(10, 3))).isEqualTo(first(100, new Arrivals(10, 3)));
    assertThat(first(100, new Arrivals(10, 3))).isNotEqualTo(first(100, new Arrivals(10, 4)));
  }

  @Test
  void needARate() {
    assertThatThrownBy(() -> new Arrivals(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Arrivals(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Long> first(int count, Arrivals arrivals) {
    List<Long> times = new ArrayList<>();
    while (times.size() < count) {
      times.add(arrivals.peek());
      arrivals.advance();
    }
    return times;
  }
}
