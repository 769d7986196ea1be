package io.boxoffice.grafana.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written wrong is refused: each mistake is planted into a copy of a real dashboard. */
class DashboardsTest {
  private static final Path REAL = Path.of("../dashboards/service.json");

  @TempDir private Path folder;

  @Test
  void theRealOneIsRead() {
    assertThat(Dashboards.read(REAL).drawn()).hasSizeGreaterThan(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"refresh\"               | \"refreshh\"          | there is no key 'refreshh' here",
        "\"legendFormat\"          | \"legend\"            | there is no key 'legend' here",
        "\"type\": \"timeseries\"  | \"type\": \"graph\"   | There is no panel type 'graph' here",
        "\"unit\": \"reqps\"       | \"unit\": \"rps\"     | There is no unit 'rps' here",
        "\"lineWidth\"             | \"lineWith\"          | there is no key 'lineWith' here",
        "\"graphMode\"             | \"graph\"             | The key 'graphMode' is missing",
        "\"color\": \"red\"        | \"color\": \"redd\"   | there is no colour 'redd'",
        "\"type\": \"range\"       | \"type\": \"regex\"   | There is no mapping 'regex' here",
        "\"id\": \"byName\"        | \"id\": \"byNames\"   | There is no matcher 'byNames' here",
        "\"custom.cellOptions\"    | \"custom.cell\"       | there is no key 'cell' here",
        "\"drawStyle\": \"line\"  | \"drawStyle\": \"bars\" | 'bars' is no drawStyle here",
        "[\"lastNotNull\"]        | [\"last\"]              | 'last' is no calculation here",
        "\"overrides\": []        | \"links\": []           | The key 'overrides' is missing",
        "\"expr\":                 | \"expression\":         | The key 'expr' is missing",
        "\"editable\": false,      | \"editable\": false, \"editable\": false, | Duplicate field"
      })
  void mistakesAreRefused(String right, String wrong, String message) throws IOException {
    String real = Files.readString(REAL);
    assertThat(real).contains(right);
    Path copy = folder.resolve("copy.json");
    Files.writeString(copy, real.replace(right, wrong));
    assertThatThrownBy(() -> Dashboards.read(copy))
        .isInstanceOf(DashboardException.class)
        .hasMessageStartingWith("copy.json")
        .hasMessageContaining(message);
  }
}
