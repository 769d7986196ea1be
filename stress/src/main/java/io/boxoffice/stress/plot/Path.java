package io.boxoffice.stress.plot;

import java.util.Locale;

/** The way of a pen. */
public final class Path {
  private final StringBuilder way = new StringBuilder();

  /** Lifts the pen and goes to a point. */
  public Path move(double x, double y) {
    return step('M', x, y);
  }

  /** Draws to a point. */
  public Path line(double x, double y) {
    return step('L', x, y);
  }

  /** Draws along a circle, clockwise, to a point. */
  public Path arc(double radius, boolean large, double x, double y) {
    way.append(
        String.format(
            Locale.ROOT, "A%s %s 0 %d 1 ", Svg.number(radius), Svg.number(radius), large ? 1 : 0));
    return point(x, y);
  }

  /** Goes back to where the pen was put down. */
  public Path close() {
    way.append('Z');
    return this;
  }

  /** Whether nothing was drawn. */
  public boolean isEmpty() {
    return way.isEmpty();
  }

  @Override
  public String toString() {
    return way.toString();
  }

  private Path step(char command, double x, double y) {
    way.append(command);
    return point(x, y);
  }

  private Path point(double x, double y) {
    way.append(Svg.number(x)).append(' ').append(Svg.number(y));
    return this;
  }
}
