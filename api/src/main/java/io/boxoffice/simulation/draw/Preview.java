package io.boxoffice.simulation.draw;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.simulation.rule.Delay;
import io.boxoffice.simulation.rule.Denial;
import io.boxoffice.simulation.rule.Limits;
import io.boxoffice.simulation.rule.Profile;
import io.boxoffice.simulation.rule.Rule;
import io.boxoffice.simulation.rule.Scenario;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Shows an operator the effect of a profile before it is active. All values are computed from the
 * quantile functions; no request is simulated.
 *
 * @param profile the profile's name
 * @param stages the effect at the end of each stage; one entry when the profile has no scenario
 */
@Schema(requiredProperties = {"profile", "phases"})
public record Preview(
    @Schema(example = "realistic") String profile,
    @JsonProperty("phases") List<StagePreview> stages) {

  /**
   * The effect of the profile at the end of a stage.
   *
   * @param mood null when the profile has no scenario
   * @param rules one entry for each rule
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(
      name = "PhasePreview",
      requiredProperties = {"delayFactor", "denialFactor", "rules"})
  public record StagePreview(
      @JsonProperty("phase") @Schema(type = "string", implementation = String.class)
          Scenario.Mood mood,
      double delayFactor,
      double denialFactor,
      List<RulePreview> rules) {}

  /**
   * The effect of one rule on the requests it matches.
   *
   * @param delayedShare the share of requests that the rule delays, from 0 to 1
   * @param deniedShare the share of requests that the rule denies, from 0 to 1
   * @param lostShare the share of responses that the rule discards, from 0 to 1
   * @param delay the delay of the delayed requests; null when the rule delays none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(requiredProperties = {"rule", "match", "delayedShare", "deniedShare", "lostShare"})
  public record RulePreview(
      String rule,
      Rule.Match match,
      double delayedShare,
      double deniedShare,
      double lostShare,
      Quantiles delay) {}

  /** A delay in seconds, limited by its cap. */
  @Schema(requiredProperties = {"mean", "p1", "p10", "p50", "p90", "p95", "p99", "max"})
  public record Quantiles(
      double mean,
      double p1,
      double p10,
      double p50,
      double p90,
      double p95,
      double p99,
      double max) {}

  private static final int STEPS = 100_000;

  /** Computes the preview of a profile. */
  public static Preview of(String name, Profile profile, Limits limits) {
    Stream<StagePreview> stages =
        profile.scenario() == null
            ? Stream.of(stage(null, Scenario.Position.NONE, profile, limits))
            : profile.scenario().stages().stream()
                .map(
                    stage ->
                        stage(
                            stage.mood(),
                            new Scenario.Position(0, stage.delayFactor(), stage.denialFactor()),
                            profile,
                            limits));
    return new Preview(name, stages.toList());
  }

  private static StagePreview stage(
      Scenario.Mood mood, Scenario.Position position, Profile profile, Limits limits) {
    return new StagePreview(
        mood,
        position.delay(),
        position.denial(),
        profile.rules().stream().map(rule -> rule(rule, position, limits)).toList());
  }

  private static RulePreview rule(Rule rule, Scenario.Position position, Limits limits) {
    double lost = rule.lose() == null ? 0 : Decider.share(rule.lose().percent(), position.denial());
    // A rule decides the loss first and denies no request whose response is lost.
    double denied =
        rule.denial() == null
            ? 0
            : Decider.share(rule.denial().percent(), position.denial()) * (1 - lost);
    double drawnDelayed = rule.delay() == null ? 0 : Decider.share(rule.delay().percent(), 1);
    boolean deniedAreNotDelayed =
        rule.denial() != null && rule.denial().when() == Denial.When.BEFORE_DELAY;
    return new RulePreview(
        rule.id(),
        rule.match(),
        rounded(deniedAreNotDelayed ? drawnDelayed * (1 - denied) : drawnDelayed),
        rounded(denied),
        rounded(lost),
        drawnDelayed == 0 ? null : quantiles(rule.delay(), position.delay(), limits));
  }

  private static Quantiles quantiles(Delay delay, double factor, Limits limits) {
    // The mean is the integral of the quantile function from 0 to 1.
    double mean =
        IntStream.range(0, STEPS)
            .mapToDouble(i -> seconds(delay, (i + 0.5) / STEPS, factor, limits))
            .average()
            .orElseThrow();
    return new Quantiles(
        rounded(mean),
        rounded(seconds(delay, 0.01, factor, limits)),
        rounded(seconds(delay, 0.10, factor, limits)),
        rounded(seconds(delay, 0.50, factor, limits)),
        rounded(seconds(delay, 0.90, factor, limits)),
        rounded(seconds(delay, 0.95, factor, limits)),
        rounded(seconds(delay, 0.99, factor, limits)),
        rounded(seconds(delay, Math.nextDown(1.0), factor, limits)));
  }

  private static double seconds(Delay delay, double probability, double factor, Limits limits) {
    return Delay.seconds(delay.at(probability, factor, limits));
  }

  /** Rounds to 0.001: one millisecond, or a tenth of a percent. */
  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
