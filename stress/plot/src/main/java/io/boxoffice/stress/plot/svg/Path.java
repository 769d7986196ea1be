package io.boxoffice.stress.plot.svg;

/** The line that a pen draws. */
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
    way.append(command).append(Svg.number(x)).append(' ').append(Svg.number(y));
    return this;
  }
}
