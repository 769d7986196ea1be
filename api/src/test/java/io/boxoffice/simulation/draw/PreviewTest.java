package io.boxoffice.simulation.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.simulation.rule.Limits;
import io.boxoffice.simulation.rule.Scenario;
import io.boxoffice.simulation.rule.TestRoutes;
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
  void previewShowsEachPhaseOfAScenario() {
    Preview preview = Preview.of("on-sale", TestRoutes.SHIPPED.get("on-sale"), Limits.DEFAULT);

    assertThat(preview.phases())
        .extracting(Preview.PhasePreview::phase)
        .containsExactly(
            Scenario.Mood.CALM, Scenario.Mood.RUSH, Scenario.Mood.PEAK, Scenario.Mood.DECAY);
    assertThat(preview.phases().get(2).rules().get(0).deniedShare()).isEqualTo(0.3);
  }

  @Test
  void offProfileHasNoRules() {
    assertThat(Preview.of("off", TestRoutes.SHIPPED.get("off"), Limits.DEFAULT).phases())
        .allSatisfy(phase -> assertThat(phase.rules()).isEmpty());
  }

  private static Preview.RulePreview only(String profile) {
    return Preview.of(profile, TestRoutes.SHIPPED.get(profile), Limits.DEFAULT)
        .phases()
        .get(0)
        .rules()
        .get(0);
  }
}
