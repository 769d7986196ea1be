package io.boxoffice.stress.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SectionTest {
  private final Section section = new Section("hot", "Hot <rows>");

  @Test
  void aMachineThatIsBusyForARoundDoesNotMoveARatio() {
    round(1_000, 8_000);
    round(100, 800);
    round(1_200, 9_600);
    section.compareRates("desk", "A", Goal.atLeast(7));
    assertThat(section.ratios()).containsExactly(new Ratio("desk / A", 8, Goal.atLeast(7)));
    assertThat(section.ratios().get(0).isMet()).isTrue();
  }

  @Test
  void theMedianOfRatiosCountsAndNotTheRatioOfMedians() {
    round(100, 100);
    round(200, 1_000);
    round(1_000, 2_000);
    section.compareRates("desk", "A", Goal.NONE);
    assertThat(section.ratios().get(0).value()).isEqualTo(2);
    assertThat(section.median("A").rate()).isEqualTo(200);
    assertThat(section.median("desk").rate()).isEqualTo(1_000);
  }

  @Test
  void goalsHaveASide() {
    assertThat(Goal.atLeast(0.6).isMet(0.6)).isTrue();
    assertThat(Goal.atLeast(0.6).isMet(0.59)).isFalse();
    assertThat(Goal.atMost(50).isMet(50)).isTrue();
    assertThat(Goal.atMost(50).isMet(51)).isFalse();
    assertThat(Goal.atMost(50).isMet(Double.NaN)).isFalse();
  }

  @Test
  void anEvenNumberOfRoundsHasAMedianToo() {
    assertThat(Median.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.5);
    assertThat(Median.of(List.of())).isNaN();
  }

  @Test
  void theReportIsATableAndJson() {
    round(1_000, 5_000);
    section.compareRates("desk", "A", Goal.atLeast(7));
    Report report = new Report(Map.of("cores", "2 \"fast\""), List.of(section));
    assertThat(report.markdown())
        .contains("- cores: 2 \"fast\"\n")
        .contains("| desk |      5,000 |")
        .contains("| desk / A |     5.00 | at least 7.00 |      no |");
    assertThat(report.json())
        .contains("\"cores\" : \"2 \\\"fast\\\"\"")
        .contains("\"value\" : 5.000")
        .contains("\"met\" : false");
  }

  @Test
  void thePlotDrawsEachLoadOnOneScale() {
    round(1_000, 4_000);
    String svg = new Report(Map.of(), List.of(section)).svg("Rates");
    assertThat(svg)
        .startsWith("<svg ")
        .contains("Hot &lt;rows&gt;")
        .contains("4,000/s")
        .contains("width=\"370\"")
        .contains("width=\"92.5\"")
        .contains("prefers-color-scheme:dark");
  }

  private void round(double baseline, double desk) {
    section.add("A", new Measurement(baseline, 1, 2, 0, 0.1, 50));
    section.add("desk", new Measurement(desk, 1, 2, 0, 0.1, 50));
  }
}
