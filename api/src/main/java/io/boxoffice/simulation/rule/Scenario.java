package io.boxoffice.simulation.rule;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;

/**
 * Changes the effect of a profile over time. Within a stage, the factors move from those of the
 * previous stage to its own. The first stage keeps its own factors throughout. After the last stage
 * its factors stay in force. JSON calls a stage a phase.
 *
 * @param stages the stages in order, at least one
 * @param repeat whether the scenario starts again after the last stage
 */
public record Scenario(@JsonProperty("phases") List<Stage> stages, boolean repeat) {

  /** The name of a stage. It describes the load and has no effect on the factors. */
  public enum Mood implements Word {
    CALM,
    RUSH,
    PEAK,
    DECAY
  }

  /** How the factors move within a stage. */
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
   * One stage.
   *
   * @param mood the name of the stage
   * @param duration the length of the stage
   * @param ramp how the factors move to those of this stage
   * @param delayFactor the factor of delays at the end of the stage
   * @param denialFactor the factor of denial and loss percentages at the end of the stage
   */
  public record Stage(
      @JsonProperty("phase")
          @Schema(type = "string", example = "rush", implementation = String.class)
          Mood mood,
      @JsonSerialize(using = DurationText.Serializer.class)
          @Schema(type = "string", example = "30s", implementation = String.class)
          Duration duration,
      @Schema(type = "string", example = "linear", implementation = String.class) Ramp ramp,
      @Schema(example = "2") double delayFactor,
      @Schema(example = "1.5") double denialFactor) {}

  /**
   * A position in a scenario.
   *
   * @param stage the number of the stage, from 1; 0 when there is no scenario
   * @param delay the factor of delays
   * @param denial the factor of denial and loss percentages
   */
  public record Position(int stage, double delay, double denial) {
    /** The position of a profile that has no scenario. */
    public static final Position NONE = new Position(0, 1, 1);
  }

  /** Returns the position after the given time since the start. */
  public Position at(Duration elapsed) {
    double left = Math.max(0, Delay.seconds(elapsed));
    if (repeat) {
      left %= stages.stream().mapToDouble(stage -> Delay.seconds(stage.duration())).sum();
    }
    Stage from = stages.get(0);
    for (int i = 0; i < stages.size(); i++) {
      Stage to = stages.get(i);
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
    return new Position(stages.size(), from.delayFactor(), from.denialFactor());
  }
}
