package io.boxoffice.stress.plot.data;

import io.boxoffice.stress.plot.svg.Colour;
import java.util.List;

/** Colours that values get by how high they are, the lowest level first. */
public record Levels(List<Level> levels) {

  /** From this value on, this colour. */
  public record Level(double from, Colour colour) {}

  /** The colour of a value. */
  public Colour colourOf(double value) {
    Colour colour = levels.isEmpty() ? Colour.TEXT : levels.get(0).colour();
    for (Level level : levels) {
      if (value >= level.from()) {
        colour = level.colour();
      }
    }
    return colour;
  }
}
