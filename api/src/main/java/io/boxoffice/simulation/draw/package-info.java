/**
 * Computes what the rules do to a request. {@link io.boxoffice.simulation.draw.Decider} decides one
 * request, and {@link io.boxoffice.simulation.draw.Preview} shows the effect on many. Everything
 * here is a pure function: equal inputs give equal results, without input or output.
 */
package io.boxoffice.simulation.draw;
