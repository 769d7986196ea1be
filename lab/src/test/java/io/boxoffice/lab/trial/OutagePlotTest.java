package io.boxoffice.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutagePlotTest {
  @Test
  void repeatsHaveTheirShortestMedianAndLongestOutage() {
    String plot =
        OutagePlot.draw(
            List.of(
                result("kill-primary", 3_000, 0, 0),
                result("kill-primary", 3_500, 0, 0),
                result("kill-primary", 9_900, 0, 0)));

    assertThat(plot)
        .contains(
            "kill-primary, 3 trials: nothing lost, nothing oversold",
            ">shortest<",
            ">3.0 s<",
            ">median<",
            ">3.5 s<",
            ">longest<",
            ">9.9 s<");
  }

  @Test
  void aSingleTrialHasOneBar() {
    String plot = OutagePlot.draw(List.of(result("freeze-primary", 14_400, 0, 0)));

    assertThat(plot)
        .contains("freeze-primary, 1 trial", ">outage<", ">14.4 s<")
        .doesNotContain(">median<");
  }

  @Test
  void whatWasLostIsSaidInWords() {
    String plot =
        OutagePlot.draw(
            List.of(result("freeze-primary", 9_000, 1_746, 0), result("none", 100, 0, 1)));

    assertThat(plot)
        .contains(
            "In all: 1,746 acknowledged purchases lost, 1 ticket oversold.",
            "freeze-primary, 1 trial: 1,746 acknowledged purchases lost, 0 tickets oversold",
            "none, 1 trial: 0 acknowledged purchases lost, 1 ticket oversold");
  }

  private static TrialResult result(String fault, long outage, int lost, long oversold) {
    return new TrialResult(
        "active-passive",
        "naive",
        fault,
        1,
        "db1",
        outage,
        300,
        Map.of(),
        0,
        200,
        198,
        lost,
        oversold,
        4_000,
        List.of(),
        List.of());
  }
}
