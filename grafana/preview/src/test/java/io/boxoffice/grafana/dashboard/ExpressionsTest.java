package io.boxoffice.grafana.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpressionsTest {
  @Test
  void variablesAreFilledInEitherForm() {
    assertThat(
            Expressions.fill(
                "up{a=\"$a\"}[${__range}] + ${a:regex}", Map.of("a", "x$y", "__range", "5m")))
        .isEqualTo("up{a=\"x$y\"}[5m] + x$y");
  }

  @Test
  void anUnknownVariableIsRefused() {
    assertThatThrownBy(() -> Expressions.fill("up{a=\"$b\"}", Map.of("a", "x")))
        .isInstanceOf(DashboardException.class)
        .hasMessage("There is no variable $b here.");
  }

  @Test
  void findsOnlyMetrics() {
    assertThat(
            Expressions.metrics(
                """
                histogram_quantile(0.95, sum by (le, route) (rate(
                  http_seconds_bucket{route=~"/v1/{id}[x]", simulated!="denied"}[5m:1m] offset 1h)))
                / on (route) group_left (version) environment:rate:sum
                or vector(1e3) unless bool_metric > bool 2
                """))
        .containsExactly("bool_metric", "environment:rate:sum", "http_seconds_bucket");
  }
}
