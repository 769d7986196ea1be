package io.boxoffice.stress.plot;

/** Something that can be drawn into a box. */
@FunctionalInterface
public interface Chart {
  /** Draws it. */
  void draw(Svg svg, Box box);
}
