package io.boxoffice.stress.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.compare.process.Way;
import io.boxoffice.stress.compare.result.Condition;
import io.boxoffice.stress.compare.scenario.ScenarioKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompareOptionsTest {
  @Test
  void comparesEverythingByDefault() {
    CompareOptions all = CompareOptions.parse(true);
    assertThat(all.scenarios()).containsExactly(ScenarioKind.values());
    assertThat(all.ways()).containsExactly(Way.values());
    assertThat(all.conditions()).containsExactly(Condition.NORMAL);
    assertThat(all.rateOf(ScenarioKind.PAYMENT)).isEqualTo(ScenarioKind.PAYMENT.rate());
    assertThat(CompareOptions.parse(false).ways()).doesNotContain(Way.EVENTS_RABBITMQ);
  }

  @Test
  void comparesAPart() {
    CompareOptions some =
        CompareOptions.parse(
            true,
            "--scenario",
            "payment,registration",
            "--way",
            "events,blocking",
            "--transport",
            "rabbitmq",
            "--rate",
            "7.5",
            "--duration",
            "1m",
            "--kill",
            "broker");
    assertThat(some.scenarios()).containsExactly(ScenarioKind.REGISTRATION, ScenarioKind.PAYMENT);
    assertThat(some.ways()).containsExactly(Way.BLOCKING, Way.EVENTS_RABBITMQ);
    assertThat(some.rateOf(ScenarioKind.PAYMENT)).isEqualTo(7.5);
    assertThat(some.duration()).isEqualTo(Duration.ofMinutes(1));
    assertThat(some.conditions()).containsExactly(Condition.NORMAL, Condition.BROKER_KILLED);
  }

  @Test
  void aControlIsComparedWithTheSameLossesAndKeys() {
    assertThat(CompareOptions.parse(true, "--control", "no-keys").conditions())
        .containsExactly(Condition.ANSWERS_LOST, Condition.NO_KEYS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--scenario",
        "--scenario mail",
        "--way fast",
        "--transport kafka",
        "--rate 0",
        "--rate x",
        "--rate 2001",
        "--duration 1s",
        "--duration 11m",
        "--duration 10",
        "--warm-up 3m",
        "--time-limit 61s",
        "--kill postgresql",
        "--control none",
        "--host example.com"
      })
  void refusesWhatIsOutOfBoundsOrUnknown(String line) {
    assertThatThrownBy(() -> CompareOptions.parse(true, line.split(" ", -1)))
        .isInstanceOf(BenchException.class);
  }

  @Test
  void refusesABrokerThatIsNotInstalled() {
    assertThatThrownBy(() -> CompareOptions.parse(false, "--transport", "rabbitmq"))
        .hasMessageContaining("not installed");
  }
}
