package io.boxoffice.simulation.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.simulation.rule.Delay;
import io.boxoffice.simulation.rule.Denial;
import io.boxoffice.simulation.rule.Distribution;
import io.boxoffice.simulation.rule.Limits;
import io.boxoffice.simulation.rule.Profile;
import io.boxoffice.simulation.rule.Rule;
import io.boxoffice.simulation.rule.Scenario;
import io.boxoffice.simulation.rule.TestRoutes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that a preview shows the theoretical values of a profile. */
class PreviewTest {

  @Test
  void realisticProfileHasTheExpectedQuantiles() {
    Preview.RulePreview rule = only("realistic");

    assertThat(rule.deniedShare()).isEqualTo(0.099);
    assertThat(rule.delayedShare()).isEqualTo(0.901);
    assertThat(rule.delay())
        .isEqualTo(new Preview.Quantiles(2.5, 1.03, 1.3, 2.5, 3.7, 3.85, 3.97, 4.0));
  }

  @Test
  void previewAppliesTheCap() {
    Preview.RulePreview rule = only("slow-payment");

    assertThat(rule.delay().p50()).isEqualTo(1.5);
    assertThat(rule.delay().max()).isEqualTo(15);
  }

  @Test
  void lostResponseDoesNotCountAsDenial() {
    Preview.RulePreview rule = only("lost-answers");

    assertThat(rule.lostShare()).isEqualTo(0.1);
    assertThat(rule.deniedShare()).isZero();
  }

  @Test
  void lostResponseIsDelayedAlsoWhereDeniedRequestsAreNot() {
    Rule rule =
        new Rule(
            "rule",
            new Rule.Match(List.of(), null),
            Rule.Phase.RESPONSE,
            new Delay(100, new Distribution.Fixed(Duration.ofSeconds(1), null)),
            new Denial(
                50, Denial.When.BEFORE_DELAY, new Denial.Outcome(503, "overloaded", null), null),
            new Rule.Loss(20));
    Profile profile = new Profile(null, List.of(rule), null);

    Preview.RulePreview preview =
        Preview.of("p", profile, Limits.DEFAULT).stages().get(0).rules().get(0);

    assertThat(preview.lostShare()).isEqualTo(0.2);
    assertThat(preview.deniedShare()).isEqualTo(0.4);
    assertThat(preview.delayedShare()).isEqualTo(0.6);
  }

  @Test
  void previewShowsEachStageOfAScenario() {
    Preview preview = Preview.of("on-sale", TestRoutes.SHIPPED.get("on-sale"), Limits.DEFAULT);

    assertThat(preview.stages())
        .extracting(Preview.StagePreview::mood)
        .containsExactly(
            Scenario.Mood.CALM, Scenario.Mood.RUSH, Scenario.Mood.PEAK, Scenario.Mood.DECAY);
    assertThat(preview.stages().get(2).rules().get(0).deniedShare()).isEqualTo(0.3);
  }

  @Test
  void offProfileHasNoRules() {
    assertThat(Preview.of("off", TestRoutes.SHIPPED.get("off"), Limits.DEFAULT).stages())
        .allSatisfy(stage -> assertThat(stage.rules()).isEmpty());
  }

  private static Preview.RulePreview only(String profile) {
    return Preview.of(profile, TestRoutes.SHIPPED.get(profile), Limits.DEFAULT)
        .stages()
        .get(0)
        .rules()
        .get(0);
  }
}
