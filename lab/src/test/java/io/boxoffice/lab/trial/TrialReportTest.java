package io.boxoffice.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialReportTest {
  @Test
  void aRowHasTheRangeOfOutagesAndTheWorstOfOtherFigures() {
    TrialReport report =
        new TrialReport(
            List.of(
                result("kill-primary", 1, 1_500, 4_000, List.of()),
                result("kill-primary", 2, 2_500, 9_000, List.of()),
                result("kill-primary", 3, 9_900, 6_000, List.of())));

    assertThat(cells(report, "kill-primary"))
        .containsExactly(
            "kill-primary",
            "3",
            "1.5 / 2.5 / 9.9",
            "3 / 3",
            "0 / 0",
            "0",
            "0",
            "0",
            "600",
            "6.0 / 9.0");
    assertThat(report.markdown()).startsWith("active-passive, configuration shipped");
  }

  @Test
  void aTopologyThatDoesNotRecoverIsNamed() {
    assertThat(
            cells(
                new TrialReport(List.of(result("cut-primary", 1, 100, -1, List.of("lost")))),
                "cut-primary"))
        .endsWith("1", "200", "never");
    assertThat(
            cells(
                new TrialReport(
                    List.of(
                        result("cut-primary", 1, 100, -1, List.of()),
                        result("cut-primary", 2, 100, 3_000, List.of()))),
                "cut-primary"))
        .endsWith("3.0 / 3.0, 1 never");
  }

  @Test
  void everyTrialIsALineForAProgram() {
    String lines =
        new TrialReport(
                List.of(result("a", 1, 1, 1, List.of()), result("b", 1, 1, 1, List.of("x"))))
            .jsonLines();

    assertThat(lines.lines()).hasSize(2);
    assertThat(lines).contains("\"fault\":\"a\"", "\"contradictions\":[\"x\"]");
  }

  @Test
  void theSentenceEndsWithWhatEachSiteSays() {
    assertThat(result("kill-site", 1, 1_500, 4_000, List.of()).sentence())
        .startsWith("kill-site 1 on db1: outage 1.5 s, recovery 4.0 s")
        .endsWith("0 oversold\n  before the fault: a says home a, epoch 1");
  }

  @Test
  void aContradictionIsNotClean() {
    assertThat(result("a", 1, 1, 1, List.of()).isClean()).isTrue();
    assertThat(result("a", 1, 1, 1, List.of("x")).isClean()).isFalse();
  }

  private static List<String> cells(TrialReport report, String fault) {
    String line =
        report
            .markdown()
            .lines()
            .filter(one -> one.startsWith("| " + fault))
            .findFirst()
            .orElse("");
    return List.of(line.substring(1, line.length() - 1).split("\\|", -1)).stream()
        .map(String::strip)
        .toList();
  }

  private static TrialResult result(
      String fault, int repeat, long outage, long recovery, List<String> contradictions) {
    return new TrialResult(
        "active-passive",
        "shipped",
        fault,
        repeat,
        "db1",
        outage,
        300,
        Map.of("unavailable", 2, "no-answer", 1),
        0,
        200,
        198,
        0,
        0,
        recovery,
        contradictions,
        List.of("before the fault: a says home a, epoch 1"));
  }
}
