package io.boxoffice.stress.plot.svg;

/** A rectangle to draw in. */
public record Box(double x, double y, double width, double height) {

  /** Its right edge. */
  public double right() {
    return x + width;
  }

  /** Its lower edge. */
  public double bottom() {
    return y + height;
  }

  /** Its middle, from left to right. */
  public double centre() {
    return x + width / 2;
  }

  /** Its middle, from top to bottom. */
  public double middle() {
    return y + height / 2;
  }

  /** The same with less on each side. */
  public Box inset(double left, double top, double right, double bottom) {
    return new Box(
        x + left, y + top, Math.max(0, width - left - right), Math.max(0, height - top - bottom));
  }

  /** One of several equal columns with a gap between them. */
  public Box column(int index, int count, double gap) {
    double each = (width - gap * (count - 1)) / count;
    return new Box(x + index * (each + gap), y, each, height);
  }

  /** One of several equal rows with a gap between them. */
  public Box row(int index, int count, double gap) {
    double each = (height - gap * (count - 1)) / count;
    return new Box(x, y + index * (each + gap), width, each);
  }
}
