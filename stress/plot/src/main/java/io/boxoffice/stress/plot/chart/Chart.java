package io.boxoffice.stress.plot.chart;

import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Svg;

/** Something that can be drawn into a box. */
@FunctionalInterface
public interface Chart {
  /** Draws it. */
  void draw(Svg svg, Box box);
}
