package io.boxoffice.stress.compare.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.stress.compare.audit.Audit;
import io.boxoffice.stress.compare.audit.Percentiles;
import io.boxoffice.stress.compare.process.Usage;
import io.boxoffice.stress.compare.process.Way;
import io.boxoffice.stress.compare.scenario.ScenarioKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonReportTest {
  private final List<Row> rows =
      List.of(
          row(ScenarioKind.PAYMENT, Way.BLOCKING, Condition.NORMAL, 0, 0),
          row(ScenarioKind.PAYMENT, Way.EVENTS_POSTGRESQL, Condition.NORMAL, 0, 0),
          row(ScenarioKind.PAYMENT, Way.BLOCKING, Condition.SHOP_KILLED, 3, 1));

  @Test
  void eachConditionHasItsTables() {
    String text = new ComparisonReport(Map.of("cores", "2"), rows).markdown();
    assertThat(text)
        .startsWith("- cores: 2\n")
        .contains("## Without failures")
        .contains("## The shop is killed in the middle")
        .contains("### Payment at a partner of 2 s, 12.0 a second")
        .contains("| events, PostgreSQL |")
        .contains("2 timeout, 1 503")
        .contains("12.5 s")
        .doesNotContain("NaN");
    assertThat(text.lines().filter(line -> line.startsWith("| blocking"))).hasSize(4);
  }

  @Test
  void aProgramGetsEveryFigure() throws JsonProcessingException {
    JsonNode json =
        new ObjectMapper().readTree(new ComparisonReport(Map.of("cores", "2"), rows).json());
    assertThat(json.at("/rows/2/condition").asText()).isEqualTo("shop-killed");
    assertThat(json.at("/rows/2/audit/lost").asInt()).isEqualTo(3);
    assertThat(json.at("/rows/1/transport").asText()).isEqualTo("postgresql");
    assertThat(json.at("/rows/0/audit/completedMillis/p95").asDouble()).isEqualTo(12_500);
    assertThat(json.at("/rows/0/usage/cpuSeconds").asDouble()).isEqualTo(4.5);
    assertThat(json.at("/rows/0/rate").asDouble()).isEqualTo(12);
    assertThat(json.at("/rows/0/backlogBySecond/1").asInt()).isEqualTo(7);
  }

  @Test
  void theOnlyBrokenPromisesAreThoseOfEvents() {
    assertThat(Verdict.broken(rows)).isEmpty();
    assertThat(
            Verdict.broken(
                List.of(
                    row(ScenarioKind.PAYMENT, Way.EVENTS_RABBITMQ, Condition.SHOP_KILLED, 1, 0),
                    row(ScenarioKind.PAYMENT, Way.EVENTS_POSTGRESQL, Condition.NORMAL, 0, 2),
                    row(ScenarioKind.PAYMENT, Way.EVENTS_POSTGRESQL, Condition.NO_KEYS, 0, 2),
                    row(
                        ScenarioKind.PAGE_VIEWS,
                        Way.EVENTS_POSTGRESQL,
                        Condition.SHOP_KILLED,
                        9,
                        0))))
        .containsExactly(
            "payment, events, RabbitMQ, shop-killed: 1 lost, 0 done twice",
            "payment, events, PostgreSQL, normal: 0 lost, 2 done twice");
  }

  @Test
  void thePlotHasABarForEachLatency() {
    String svg = LatencyPlot.draw(Condition.NORMAL, rows);
    assertThat(svg)
        .contains("blocking: accepted")
        .contains("events, PostgreSQL: completed")
        .contains("12.5 s");
    assertThat(LatencyPlot.conditions(rows))
        .containsExactly(Condition.NORMAL, Condition.SHOP_KILLED);
  }

  @Test
  void theBacklogHasALineForEachWay() {
    assertThat(BacklogPlot.draw(Condition.NORMAL, rows))
        .contains("Payment at a partner of 2 s", "events, PostgreSQL", "00:00:01");
  }

  private static Row row(ScenarioKind scenario, Way way, Condition condition, int lost, int twice) {
    return new Row(
        scenario,
        way,
        condition,
        scenario.rate(),
        new Audit(
            100,
            new Percentiles(1, 2, 3),
            new Percentiles(2_000, 12_500, Double.NaN),
            12,
            11.5,
            new TreeMap<>(Map.of("503", 1, "timeout", 2)).descendingMap(),
            1,
            twice,
            lost,
            0,
            7,
            2_100,
            300),
        new Usage(40, 300, 4.5, 1, 2, 3, 4),
        new Percentiles(1, 2, 3),
        0,
        List.of(0, 7, 3),
        List.of());
  }
}
