package io.boxoffice.grafana.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "none        | 14.4      | 14.4",
        "locale      | 1234567   | 1,234,567",
        "short       | 12345     | 12.3 K",
        "percentunit | 0.0312    | 3.12%",
        "s           | 0         | 0 s",
        "s           | 0.0005    | 500 µs",
        "s           | 0.3       | 300 ms",
        "s           | 90        | 1.5 min",
        "bytes       | 1536      | 1.5 KiB",
        "reqps       | 1500      | 1.5 K req/s",
        "suffix:/s   | 20        | 20/s",
        "dtdurations | 3725      | 1h 2m",
        "none        | NaN       | –",
        "none        | Infinity  | ∞"
      })
  void valuesReadAsInGrafana(String unit, double value, String text) {
    assertThat(Units.format(unit, null, value)).isEqualTo(text);
  }

  @Test
  void decimalsAreKept() {
    assertThat(Units.format("percentunit", 3, 1.0)).isEqualTo("100.000%");
  }

  @Test
  void aMisspeltUnitIsRefused() {
    assertThatThrownBy(() -> Units.require("secs")).hasMessage("There is no unit 'secs' here.");
  }
}
