package io.boxoffice.simulation.rule;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;

/**
 * Changes the effect of a profile over time. Within a phase, the factors move from those of the
 * previous phase to its own. The first phase keeps its own factors throughout. After the last phase
 * its factors stay in force.
 *
 * @param phases the phases in order, at least one
 * @param repeat whether the scenario starts again after the last phase
 */
public record Scenario(List<Stage> phases, boolean repeat) {

  /** The name of a phase. It describes the load and has no effect on the factors. */
  public enum Mood implements Word {
    CALM,
    RUSH,
    PEAK,
    DECAY
  }

  /** How the factors move within a phase. */
  public enum Ramp implements Word {
    LINEAR {
      @Override
      double between(double from, double to, double progress) {
        return from + (to - from) * progress;
      }
    },
    EXPONENTIAL {
      @Override
      double between(double from, double to, double progress) {
        // Both factors may be 0, and 0 / 0 is not a number.
        return from == to ? to : from * Math.pow(to / from, progress);
      }
    };

    abstract double between(double from, double to, double progress);
  }

  /**
   * One phase.
   *
   * @param phase the name of the phase
   * @param duration the length of the phase
   * @param ramp how the factors move to those of this phase
   * @param delayFactor the factor of delays at the end of the phase
   * @param denialFactor the factor of denial and loss percentages at the end of the phase
   */
  public record Stage(
      @Schema(type = "string", example = "rush", implementation = String.class) Mood phase,
      @JsonSerialize(using = DurationText.Serializer.class)
          @Schema(type = "string", example = "30s", implementation = String.class)
          Duration duration,
      @Schema(type = "string", example = "linear", implementation = String.class) Ramp ramp,
      @Schema(example = "2") double delayFactor,
      @Schema(example = "1.5") double denialFactor) {}

  /**
   * A position in a scenario.
   *
   * @param phase the number of the phase, from 1; 0 when there is no scenario
   * @param delay the factor of delays
   * @param denial the factor of denial and loss percentages
   */
  public record Position(int phase, double delay, double denial) {
    /** The position of a profile that has no scenario. */
    public static final Position NONE = new Position(0, 1, 1);
  }

  /** Returns the position after the given time since the start. */
  public Position at(Duration elapsed) {
    double left = Math.max(0, Delay.seconds(elapsed));
    if (repeat) {
      left %= phases.stream().mapToDouble(stage -> Delay.seconds(stage.duration())).sum();
    }
    Stage from = phases.get(0);
    for (int i = 0; i < phases.size(); i++) {
      Stage to = phases.get(i);
      double length = Delay.seconds(to.duration());
      if (left < length) {
        double progress = left / length;
        return new Position(
            i + 1,
            to.ramp().between(from.delayFactor(), to.delayFactor(), progress),
            to.ramp().between(from.denialFactor(), to.denialFactor(), progress));
      }
      left -= length;
      from = to;
    }
    return new Position(phases.size(), from.delayFactor(), from.denialFactor());
  }
}
