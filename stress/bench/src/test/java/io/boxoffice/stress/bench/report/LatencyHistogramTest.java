package io.boxoffice.stress.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

  @Test
  void smallValuesAreExact() {
    LatencyHistogram histogram = new LatencyHistogram();
    for (int nanos = 1; nanos <= 100; nanos++) {
      histogram.record(nanos);
    }
    assertThat(histogram.percentile(50)).isEqualTo(50);
    assertThat(histogram.percentile(99)).isEqualTo(99);
    assertThat(histogram.percentile(100)).isEqualTo(100);
  }

  @Test
  void largeValuesAreWithinOnePercentOfThoseOfASortedList() {
    SplittableRandom random = new SplittableRandom(7);
    long[] values = random.longs(100_000, 1, 60_000_000_000L).toArray();
    LatencyHistogram histogram = new LatencyHistogram();
    Arrays.stream(values).forEach(histogram::record);
    Arrays.sort(values);
    for (double percent : new double[] {0.1, 1, 25, 50, 90, 99, 99.9, 100}) {
      long exact = values[(int) Math.ceil(values.length * percent / 100) - 1];
      assertThat(histogram.percentile(percent))
          .isGreaterThanOrEqualTo(exact)
          .isCloseTo(exact, Percentage.withPercentage(1));
    }
  }

  @Test
  void theLargestValueHasAPlace() {
    LatencyHistogram histogram = new LatencyHistogram();
    histogram.record(Long.MAX_VALUE);
    assertThat(histogram.percentile(50)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aSumIsAsIfOneHadRecordedAll() {
    LatencyHistogram sum = new LatencyHistogram();
    LatencyHistogram other = new LatencyHistogram();
    sum.record(10);
    other.record(20);
    other.record(30);
    sum.add(other);
    assertThat(sum.count()).isEqualTo(3);
    assertThat(sum.percentile(50)).isEqualTo(20);
  }

  @Test
  void nothingRecordedIsZero() {
    assertThat(new LatencyHistogram().percentile(99)).isCloseTo(0, within(0L));
  }
}
