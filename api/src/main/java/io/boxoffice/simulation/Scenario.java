package io.boxoffice.simulation;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;

/**
 * How a profile grows stronger and weaker over time. Each phase leads from the factors of the one
 * before it to its own; the first stays at its own, and the last one's hold when it is over.
 *
 * @param phases at least one
 * @param repeat whether it starts again when it is over
 */
public record Scenario(List<Stage> phases, boolean repeat) {

  /** What a phase is like. */
  public enum Mood {
    CALM,
    RUSH,
    PEAK,
    DECAY;

    /** As the setting spells it. */
    @JsonValue
    public String word() {
      return Words.of(this);
    }
  }

  /** How the factors move within a phase. */
  public enum Ramp {
    LINEAR {
      @Override
      double between(double from, double to, double progress) {
        return from + (to - from) * progress;
      }
    },
    EXPONENTIAL {
      @Override
      double between(double from, double to, double progress) {
        // Equal factors may both be 0, of which there is no ratio.
        return from == to ? to : from * Math.pow(to / from, progress);
      }
    };

    abstract double between(double from, double to, double progress);

    /** As the setting spells it. */
    @JsonValue
    public String word() {
      return Words.of(this);
    }
  }

  /**
   * One phase.
   *
   * @param phase what it is like
   * @param duration how long it lasts
   * @param ramp how the factors move to those of this phase
   * @param delayFactor what delays are multiplied by at its end
   * @param denialFactor what the percentages of denial and loss are multiplied by at its end
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
   * Where a scenario is.
   *
   * @param phase the number of the phase, from 1; 0 where there is no scenario
   * @param delay what delays are multiplied by
   * @param denial what the percentages of denial and loss are multiplied by
   */
  public record Position(int phase, double delay, double denial) {
    static final Position NONE = new Position(0, 1, 1);
  }

  /** Where it is when it has run for so long. */
  Position at(Duration elapsed) {
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
