package io.boxoffice.stress.plot.data;

import io.boxoffice.stress.plot.svg.Colour;

/**
 * A line over time: a value for each instant of the plot.
 *
 * @param fill how strongly the area below is filled, from 0 to 1
 * @param dashed whether its line has gaps, as of a target or a limit
 */
public record Series(String name, Colour colour, Values values, double fill, boolean dashed) {}
