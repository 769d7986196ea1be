package io.boxoffice.lab.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.lab.shop.Algorithm;
import io.boxoffice.lab.shop.ProxyProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BalancingReportTest {
  private static final Cell CELL =
      new Cell(Situation.SLOW, ProxyProgram.HAPROXY, Algorithm.LEAST_CONNECTIONS);
  private static final Map<String, String> REPLICAS = replicas();

  @Test
  void aRowHasTheMediansOfItsRoundsAndAllItsRequests() {
    BalancingReport report = report(round(1, 2_000), round(2, 9_000), round(3, 4_000));

    assertThat(report.markdown())
        .contains("100 purchases a second, median of 3 rounds of 3 s", "One slow replica")
        .doesNotContain("Equal replicas");
    assertThat(cells(report))
        .containsExactly(
            "HAProxy, least connections", "12", "3", "4", "4", "4", "9", "33 / 67", "1 / 2");
  }

  @Test
  void heldRequestsDoNotCountInLatencies() {
    Measured measured =
        Measured.of(
            CELL,
            1,
            List.of(
                new Answer(0, 5_000, "", "a:8080", false),
                new Answer(0, 1_500_000, "", "b:8080", true)),
            REPLICAS);

    assertThat(measured.held()).isEqualTo(1);
    assertThat(measured.maxMillis()).isEqualTo(5);
    assertThat(measured.answered()).containsEntry("shop2", 1);
  }

  @Test
  void aCellWithoutPurchasesHasNoLatency() {
    Measured measured =
        Measured.of(CELL, 1, List.of(Answer.failed(0, 9, "no-connection")), REPLICAS);

    assertThat(measured.p99Millis()).isNaN();
    assertThat(measured.errors()).containsExactly(Map.entry("no-connection", 1));
    assertThat(cells(report(measured))).contains("–", "0 / 0");
  }

  @Test
  void everyLoadIsALineForAProgram() {
    String lines = report(round(1, 2_000), round(2, 9_000)).jsonLines();

    assertThat(lines.lines()).hasSize(2);
    assertThat(lines)
        .contains(
            "\"situation\":\"SLOW\"", "\"round\":2", "\"answered\":{\"shop1\":1,\"shop2\":2}");
  }

  @Test
  void thePlotHasTheSituationsThatWereMeasured() {
    assertThat(BalancingPlot.draw(report(round(1, 2_000)).rows()))
        .contains("One slow replica", "HAProxy, least connections: p50", ">p99<", ">2 ms<")
        .doesNotContain("Equal replicas");
  }

  private static BalancingReport report(Measured... all) {
    return new BalancingReport(BalancingOptions.parse(List.of()), List.of(all));
  }

  /** Two purchases at the second replica at once, one at the first, and an error. */
  private static Measured round(int round, long latency) {
    List<Answer> answers = new ArrayList<>();
    answers.add(new Answer(0, latency, "", "a:8080", false));
    answers.add(new Answer(100, 100 + latency, "", "b:8080", false));
    answers.add(new Answer(200, 200 + latency, "", "b:8080", false));
    answers.add(new Answer(300, 900, "503", "", false));
    return Measured.of(CELL, round, answers, REPLICAS);
  }

  private static Map<String, String> replicas() {
    Map<String, String> replicas = new LinkedHashMap<>();
    replicas.put("a:8080", "shop1");
    replicas.put("b:8080", "shop2");
    return replicas;
  }

  private static List<String> cells(BalancingReport report) {
    String line =
        report.markdown().lines().filter(one -> one.startsWith("| HAProxy")).findFirst().orElse("");
    return List.of(line.substring(1, line.length() - 1).split("\\|", -1)).stream()
        .map(String::strip)
        .toList();
  }
}
