package io.boxoffice.stress.plot.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScaleTest {
  @Test
  void valuesGetRoundTicksThatEncloseThem() {
    Scale scale = Scale.rounded(0, 37, 100, 0, 4);
    assertThat(scale.ticks()).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0);
    assertThat(scale.at(0)).isEqualTo(100);
    assertThat(scale.at(40)).isEqualTo(0);
    assertThat(scale.within(80)).isEqualTo(0);
  }

  @Test
  void bytesAreRoundInPowersOfTwo() {
    assertThat(Scale.roundedBytes(0, 300 * 1024 * 1024, 0, 1, 3).ticks())
        .containsExactly(0.0, 1.048576E8, 2.097152E8, 3.145728E8);
  }

  @Test
  void timesAreRoundOnTheClock() {
    assertThat(Scale.time(1_000_000_000, 1_000_000_600, 0, 1, 4).ticks())
        .allMatch(tick -> tick % 300 == 0)
        .hasSize(2);
  }

  @Test
  void aLineWithoutHeightStillGetsAScale() {
    assertThat(Scale.rounded(0, 0, 0, 1, 4).high()).isGreaterThan(0);
  }
}
