package io.boxoffice.simulation.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.simulation.rule.Scenario.Mood;
import io.boxoffice.simulation.rule.Scenario.Position;
import io.boxoffice.simulation.rule.Scenario.Ramp;
import io.boxoffice.simulation.rule.Scenario.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the position of a scenario at different times. */
class ScenarioTest {
  private static final Scenario ON_SALE =
      new Scenario(
          List.of(
              stage(Mood.CALM, Ramp.LINEAR, 1, 0),
              stage(Mood.RUSH, Ramp.LINEAR, 4, 2),
              stage(Mood.PEAK, Ramp.LINEAR, 4, 2),
              stage(Mood.DECAY, Ramp.EXPONENTIAL, 1, 0.5)),
          false);

  @Test
  void scenarioStartsWithItsFirstStage() {
    assertThat(at(0)).isEqualTo(new Position(1, 1, 0));
    assertThat(at(9)).isEqualTo(new Position(1, 1, 0));
  }

  @Test
  void linearRampIsAtTheMeanAtHalfTime() {
    assertThat(at(15)).isEqualTo(new Position(2, 2.5, 1));
  }

  @Test
  void exponentialRampIsAtTheGeometricMeanAtHalfTime() {
    assertThat(at(35)).isEqualTo(new Position(4, 2, 1));
  }

  @Test
  void lastFactorsStayInForce() {
    assertThat(at(4000)).isEqualTo(new Position(4, 1, 0.5));
  }

  @Test
  void repeatedScenarioStartsAgain() {
    Scenario endless = new Scenario(ON_SALE.stages(), true);
    assertThat(endless.at(Duration.ofSeconds(40 + 15))).isEqualTo(at(15));
  }

  @Test
  void negativeElapsedTimeGivesTheStart() {
    assertThat(at(-5)).isEqualTo(at(0));
  }

  private static Position at(long seconds) {
    return ON_SALE.at(Duration.ofSeconds(seconds));
  }

  private static Stage stage(Mood mood, Ramp ramp, double delay, double denial) {
    return new Stage(mood, Duration.ofSeconds(10), ramp, delay, denial);
  }
}
