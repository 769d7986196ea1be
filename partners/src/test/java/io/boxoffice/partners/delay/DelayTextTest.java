package io.boxoffice.partners.delay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.platform.StartupException;
import io.boxoffice.simulation.rule.Distribution;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelayTextTest {

  @Test
  void isADurationOrADistribution() {
    assertThat(DelayText.parse("PAYMENT_DELAY", "2s"))
        .isEqualTo(new Distribution.Fixed(Duration.ofSeconds(2), null));
    assertThat(
            DelayText.parse(
                "PAYMENT_DELAY", "{\"type\": \"uniform\", \"min\": \"1s\", \"max\": \"4s\"}"))
        .isEqualTo(new Distribution.Uniform(Duration.ofSeconds(1), Duration.ofSeconds(4), null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 seconds | value must be",
        "6m | value must be",
        "{\"type\": \"fixed\" | it is not JSON",
        "{\"type\": \"odd\"} | type must be one of",
        "{\"type\": \"fixed\", \"value\": \"1s\", \"other\": 1} | other is not known"
      })
  void anythingElseStopsTheStartAndNamesTheSetting(String text, String reason) {
    assertThatThrownBy(() -> DelayText.parse("PAYMENT_DELAY", text))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("PAYMENT_DELAY is '" + text + "': ")
        .hasMessageContaining(reason);
  }
}
